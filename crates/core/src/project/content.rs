//! What stands in a file of a project.

use std::sync::Arc;

use crate::decode::encoding::{self, Decoded};
use crate::locale::Text;

/// What stands in a file. Copies share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Text(Arc<str>),
    /// A picture, a font, a Word template; or a text as it was read, which may be none.
    Bytes(Arc<[u8]>),
    /// There is something, and this is why it could not be read.
    Unreadable(Text),
}

impl Content {
    /// The text that it is.
    ///
    /// # Errors
    /// Why it is none.
    pub fn into_text(self) -> Result<String, Text> {
        match self {
            Content::Text(text) => Ok(text.as_ref().to_owned()),
            Content::Bytes(bytes) => encoding::read(bytes.to_vec()).map(|read| read.text),
            Content::Unreadable(why) => Err(why),
        }
    }

    /// The same, with the encoding that it is in where that is not UTF-8.
    ///
    /// # Errors
    /// Why it is no text.
    pub fn decoded(self) -> Result<Decoded, Text> {
        match self {
            Content::Bytes(bytes) => encoding::read(bytes.to_vec()),
            other => other.into_text().map(|text| Decoded { text, encoding: None }),
        }
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Content::Text(text) => Some(text),
            Content::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            Content::Unreadable(_) => None,
        }
    }

    /// What stands in the file byte for byte.
    ///
    /// # Errors
    /// Why it could not be read.
    pub fn bytes(&self) -> Result<&[u8], &Text> {
        match self {
            Content::Text(text) => Ok(text.as_bytes()),
            Content::Bytes(bytes) => Ok(bytes),
            Content::Unreadable(why) => Err(why),
        }
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Content {
        Content::Text(text.into())
    }
}

impl From<String> for Content {
    fn from(text: String) -> Content {
        Content::Text(text.into())
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Content {
        Content::Bytes(bytes.into())
    }
}
