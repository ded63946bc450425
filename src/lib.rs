pub mod diagnostics;
pub mod locale;
pub mod time;
pub mod decode;
pub mod schema;
