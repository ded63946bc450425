//! Why a drawing is not taken, in words.

use crate::locale::Text;
use crate::text;

pub(super) fn no_picture() -> Text {
    Text::fixed("it is not a PNG, JPEG or SVG image", "no es una imagen PNG, JPEG o SVG")
}

pub(super) fn too_much() -> Text {
    Text::fixed("the drawing has too many parts", "el dibujo tiene demasiadas partes")
}

pub(super) fn outside() -> Text {
    Text::fixed("the drawing takes something from outside", "el dibujo toma algo de afuera")
}

pub(super) fn refused(element: &str) -> Text {
    let why = match element {
        "filter" => Some(Text::fixed("a filter (a shadow, a blur)", "un filtro (una sombra, un desenfoque)")),
        "image" => Some(Text::fixed("a picture within it", "una imagen adentro")),
        "pattern" => Some(Text::fixed("a pattern", "una trama (`pattern`)")),
        "script" => Some(Text::fixed("a script", "un programa (`script`)")),
        _ => None,
    };
    match why {
        Some(why) => text!(l, why = why.get(l).to_owned(); "the drawing has {why}", "el dibujo tiene {why}"),
        None => text!("the drawing has a `{element}`", "el dibujo tiene un `{element}`"),
    }
}
