//! A document's body as HTML: the accessible master. The page around it is the template `page.html.j2`.

use std::fmt::Write;

use base64::{Engine, engine::general_purpose::STANDARD};
use minijinja::{Value, context};

use crate::branding::{Branding, Logo};
use crate::document::flow::{Level, stays_with_next};
use crate::document::links;
use crate::document::{Align, Block, Document, Inline, Table, plain};
use crate::locale::{Lang, Text};

/// What the page around a document shows of an institution.
pub fn branding(branding: &Branding, lang: Lang) -> Value {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.get(lang).to_owned());
    let logo = |logo: &Logo| {
        let data = STANDARD.encode(&logo.bytes);
        context! {
            source => format!("data:{};base64,{data}", logo.format.media_type()),
            alt => logo.alt.get(lang),
            height => logo.height_mm,
        }
    };
    context! {
        accent => branding.accent_hex(),
        font => branding.font.as_str(),
        paper => branding.paper.word(),
        header => text(&branding.header),
        footer => text(&branding.footer),
        logos => branding.logos.iter().map(logo).collect::<Vec<_>>(),
    }
}

pub fn render(document: &Document) -> String {
    let mut writer = Writer { out: String::new(), lang: document.lang() };
    writer.blocks(&document.blocks, Level::Document);
    writer.notes(&links::notes(&document.blocks));
    writer.out
}

/// Escapes text for content and for quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(text, &mut out);
    out
}

fn push_escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// Browsers part a table from what it should stay with, unless one element holds both, or has room for the head
/// of the table: the class of that element, and how many blocks of a run it holds.
fn held(run: &[Block]) -> Option<(&'static str, usize)> {
    let tall = run.iter().position(|block| matches!(block, Block::Table(table) if !table.is_short()));
    match tall {
        Some(0) => None,
        Some(count) => Some(("lead", count)),
        None => run.iter().any(|block| matches!(block, Block::Table(_))).then_some(("whole", run.len())),
    }
}

static NOTE: Text = Text::fixed("Note", "Nota");
static NOTES: Text = Text::fixed("Notes", "Notas");
static BACK: Text = Text::fixed("Back to the text at note", "Volver al texto, nota");

struct Writer {
    out: String,
    lang: Lang,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block], level: Level) {
        let stays = stays_with_next(blocks, level);
        let mut index = 0;
        for run in stays.chunk_by(|stays, _| *stays) {
            let held = held(&blocks[index..index + run.len()]);
            if let Some((class, _)) = held {
                let _ = writeln!(self.out, "<div class=\"{class}\">");
            }
            for (position, stays) in run.iter().enumerate() {
                self.block(&blocks[index + position], *stays);
                self.out.push('\n');
                if held.is_some_and(|(_, count)| count == position + 1) {
                    self.out.push_str("</div>\n");
                }
            }
            index += run.len();
        }
    }

    /// `stays` is for paper: whether the next block is on the same page.
    fn block(&mut self, block: &Block, stays: bool) {
        match block {
            Block::Heading(heading) => {
                let level = heading.level;
                let _ = write!(self.out, "<h{level} id=\"{}\">", escape(&heading.anchor));
                self.inlines(&heading.worded());
                let _ = write!(self.out, "</h{level}>");
            }
            Block::Paragraph(content) => {
                self.out.push_str(if stays { "<p class=\"keep\">" } else { "<p>" });
                self.inlines(content);
                self.out.push_str("</p>");
            }
            Block::List { start, items } => {
                let name = if start.is_some() { "ol" } else { "ul" };
                match start.filter(|start| *start != 1) {
                    Some(start) => {
                        let _ = writeln!(self.out, "<{name} start=\"{start}\">");
                    }
                    None => {
                        let _ = writeln!(self.out, "<{name}>");
                    }
                }
                for item in items {
                    self.out.push_str("<li>");
                    match &item[..] {
                        [Block::Paragraph(content)] => self.inlines(content),
                        blocks => self.blocks(blocks, Level::Within),
                    }
                    self.out.push_str("</li>\n");
                }
                let _ = write!(self.out, "</{name}>");
            }
            Block::Quote(content) => {
                self.out.push_str("<blockquote>\n");
                self.blocks(content, Level::Within);
                self.out.push_str("</blockquote>");
            }
            Block::Code(code) => {
                let _ = write!(self.out, "<pre><code>{}</code></pre>", escape(code));
            }
            Block::Table(table) => self.table(table),
            Block::Fields(fields) => {
                self.out.push_str("<dl>\n");
                for field in fields {
                    self.element("dt", &field.label);
                    self.out.push_str("<dd>");
                    match &field.content[..] {
                        [Block::Paragraph(content)] => self.inlines(content),
                        blocks => self.blocks(blocks, Level::Within),
                    }
                    self.out.push_str("</dd>\n");
                }
                self.out.push_str("</dl>");
            }
            Block::Rule => self.out.push_str("<hr>"),
        }
    }

    fn reference(&mut self, number: usize) {
        let _ = write!(
            self.out,
            "<sup><a id=\"note-{number}-back\" href=\"#note-{number}\" role=\"doc-noteref\" aria-label=\"{} {number}\">{number}</a></sup>",
            NOTE.get(self.lang)
        );
    }

    fn notes(&mut self, notes: &[&[Vec<Inline>]]) {
        if notes.is_empty() {
            return;
        }
        let _ =
            writeln!(self.out, "<section class=\"notes\" role=\"doc-endnotes\" aria-label=\"{}\">\n<ol>", NOTES.get(self.lang));
        for (index, note) in notes.iter().enumerate() {
            let number = index + 1;
            let _ = write!(self.out, "<li id=\"note-{number}\">");
            self.lines(note);
            let back = BACK.get(self.lang);
            let _ = writeln!(
                self.out,
                " <a href=\"#note-{number}-back\" role=\"doc-backlink\" aria-label=\"{back} {number}\">↩</a></li>"
            );
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    fn element(&mut self, name: &str, content: &[Inline]) {
        let _ = write!(self.out, "<{name}>");
        self.inlines(content);
        let _ = write!(self.out, "</{name}>");
    }

    fn table(&mut self, table: &Table) {
        self.out.push_str("<table>\n");
        if let Some(caption) = &table.caption {
            self.element("caption", caption);
            self.out.push('\n');
        }
        self.out.push_str("<colgroup>");
        for column in &table.columns {
            let _ = write!(self.out, "<col style=\"width:{}%\">", column.width);
        }
        self.out.push_str("</colgroup>\n");
        self.out.push_str("<thead>\n<tr>");
        for column in &table.columns {
            let _ = write!(self.out, "<th scope=\"col\"{}>", class(column.align));
            self.inlines(&column.heading);
            self.out.push_str("</th>");
        }
        self.out.push_str("</tr>\n</thead>\n");
        // On a narrow screen a cell stands under its column's name.
        let labels: Vec<String> = table.columns.iter().map(|column| label(&column.heading)).collect();
        for (index, row) in table.rows.iter().enumerate() {
            // Rows that a cell reaches over are one body, so that they are striped and kept together.
            if !row.iter().any(|cell| cell.covered) {
                self.out.push_str(if index == 0 { "<tbody>\n" } else { "</tbody>\n<tbody>\n" });
            }
            self.out.push_str("<tr>");
            let columns = table.columns.iter().zip(&labels);
            for (cell, (column, label)) in row.iter().zip(columns).filter(|(cell, _)| !cell.covered) {
                let (name, scope) = if cell.heads_row { ("th", " scope=\"row\"") } else { ("td", "") };
                let span = if cell.rows > 1 { format!(" rowspan=\"{}\"", cell.rows) } else { String::new() };
                let _ = write!(self.out, "<{name}{scope}{span}{} data-label=\"{label}\">", class(column.align));
                self.lines(&cell.lines);
                let _ = write!(self.out, "</{name}>");
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str(if table.rows.is_empty() { "</table>" } else { "</tbody>\n</table>" });
    }

    fn lines(&mut self, lines: &[Vec<Inline>]) {
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                self.out.push_str("<br>");
            }
            self.inlines(line);
        }
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text(text) => push_escaped(text, &mut self.out),
                Inline::Strong(content) => self.element("strong", content),
                Inline::Emphasis(content) => self.element("em", content),
                Inline::Aside(content) => self.element("small", content),
                Inline::Code(code) => {
                    let _ = write!(self.out, "<code>{}</code>", escape(code));
                }
                Inline::Link { url, content } => {
                    let _ = write!(self.out, "<a href=\"{}\">", escape(url));
                    self.inlines(content);
                    self.out.push_str("</a>");
                }
                Inline::Time { moment, text } => {
                    let _ = write!(self.out, "<time datetime=\"{}\">{}</time>", escape(moment), escape(text));
                }
                Inline::Note { number, .. } => self.reference(*number),
                Inline::Anchor(_) => {}
                Inline::Break => self.out.push_str("<br>"),
            }
        }
    }
}

/// What each cell of a column says again: a name, not a text of any length.
fn label(heading: &[Inline]) -> String {
    const LONGEST: usize = 80;
    let name = plain(heading);
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => escape(&format!("{}…", &name[..end])),
        None => escape(&name),
    }
}

fn class(align: Align) -> &'static str {
    match align {
        Align::Start => "",
        Align::Center => " class=\"center\"",
        Align::End => " class=\"end\"",
    }
}
