//! The logos at the head of a first page: in one row as large as they are asked for, else smaller by one factor for
//! all, else in several rows; and the institution's line beside them where it can be read there, else below.

use crate::branding::Logo;

/// Between two logos, in millimetres.
pub(crate) const GAP: f64 = 8.0;
/// Of the institution's line beside the logos.
const LEAST_LINE: f64 = 50.0;
/// A logo that would be smaller than this part of what is asked for goes into a row of its own.
const SMALLEST: f64 = 0.6;
const MOST_ROWS: usize = 3;

pub(crate) struct Letterhead {
    pub rows: Vec<Vec<Placed>>,
    /// Whether the line stands beside them.
    pub beside: bool,
}

/// A logo in its place.
pub(crate) struct Placed {
    pub index: usize,
    pub width_mm: f64,
    pub height_mm: f64,
}

impl Letterhead {
    /// `width` is that of the text, in millimetres.
    pub(crate) fn of(logos: &[Logo], width: f64, has_line: bool) -> Letterhead {
        let taken = |logos: &[Logo]| {
            let gaps = GAP * logos.len().saturating_sub(1) as f64;
            (logos.iter().map(|logo| logo.width_mm).sum::<f64>(), gaps)
        };
        let (logos_alone, gaps) = taken(logos);
        let beside = has_line && (logos.is_empty() || logos_alone + gaps + GAP + LEAST_LINE <= width);
        let scale = |rows: usize| {
            let row = logos.len().div_ceil(rows).max(1);
            let fits = logos.chunks(row).map(|logos| {
                let (alone, gaps) = taken(logos);
                (width - gaps) / alone
            });
            (row, fits.fold(1.0, f64::min))
        };
        let sizes = (1..=MOST_ROWS).map(scale);
        let (row, factor) = sizes.clone().find(|(_, factor)| *factor >= SMALLEST).or(sizes.last()).unwrap_or((1, 1.0));
        let placed = |(index, logo): (usize, &Logo)| Placed {
            index,
            width_mm: logo.width_mm * factor,
            height_mm: logo.height_mm * factor,
        };
        let placed: Vec<Placed> = logos.iter().enumerate().map(placed).collect();
        let mut rows: Vec<Vec<Placed>> = Vec::new();
        for one in placed {
            match rows.last_mut() {
                Some(last) if last.len() < row => last.push(one),
                _ => rows.push(vec![one]),
            }
        }
        Letterhead { rows, beside }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use super::*;
    use crate::locale::Text;
    use crate::pictures::ImageFormat;

    fn logos(widths: &[f64]) -> Vec<Logo> {
        let logo = |width: &f64| Logo {
            format: ImageFormat::Svg,
            bytes: Vec::new(),
            alt: Text::default(),
            width_mm: *width,
            height_mm: 15.0,
            drawn: OnceLock::new(),
        };
        widths.iter().map(logo).collect()
    }

    #[test]
    fn logos_keep_within_the_text_and_are_scaled_as_one() {
        for widths in [&[30.0, 60.0, 90.0][..], &[44.0; 3], &[44.0; 8], &[170.0; 12], &[5.0], &[]] {
            for has_line in [false, true] {
                let logos = logos(widths);
                let head = Letterhead::of(&logos, 164.0, has_line);
                let placed: Vec<&Placed> = head.rows.iter().flatten().collect();
                assert_eq!(placed.iter().map(|one| one.index).collect::<Vec<_>>(), (0..widths.len()).collect::<Vec<_>>());
                for row in &head.rows {
                    let width = row.iter().map(|one| one.width_mm).sum::<f64>() + GAP * (row.len() - 1) as f64;
                    assert!(width <= 164.01, "{widths:?}: {width}");
                }
                for one in placed {
                    let factor = head.rows[0][0].width_mm / widths[0];
                    assert!(one.width_mm > 0.0 && (one.width_mm - widths[one.index] * factor).abs() < 0.01);
                    assert!((one.height_mm - 15.0 * factor).abs() < 0.01);
                }
            }
        }
    }

    #[test]
    fn the_line_stands_beside_only_where_it_can_be_read() {
        assert!(Letterhead::of(&logos(&[44.0]), 164.0, true).beside);
        assert!(!Letterhead::of(&logos(&[44.0; 3]), 164.0, true).beside);
        assert!(!Letterhead::of(&logos(&[44.0]), 164.0, false).beside);
        let three = Letterhead::of(&logos(&[30.0, 60.0, 90.0]), 164.0, true);
        assert_eq!(three.rows.len(), 1, "a little smaller, in one row");
    }
}
