//! Why something was not done, as an answer.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use convoca_studio::Refused;
use serde_json::{Value, json};

use crate::locale::{Lang, Text, dates};
use crate::workspace::Failure;

/// Why something was not done.
pub(crate) struct No(pub StatusCode, pub Value);

impl IntoResponse for No {
    fn into_response(self) -> Response {
        (self.0, Json(self.1)).into_response()
    }
}

impl From<Refused> for No {
    fn from(refused: Refused) -> No {
        // Each day as a page shows it, and as it can be typed.
        let choices = refused.choices.iter().map(|day| {
            let shown = Text { es: dates::date(Lang::Es, *day).into(), en: dates::date(Lang::En, *day).into() };
            json!({ "shown": shown, "typed": day.to_string() })
        });
        let choices = choices.collect::<Value>();
        No(StatusCode::UNPROCESSABLE_ENTITY, json!({ "reason": refused.reason, "details": refused.details, "choices": choices }))
    }
}

impl From<Failure> for No {
    fn from(failure: Failure) -> No {
        let details: Vec<Text> = failure.help.into_iter().collect();
        No(StatusCode::UNPROCESSABLE_ENTITY, json!({ "reason": failure.message, "details": details }))
    }
}

impl From<Text> for No {
    fn from(reason: Text) -> No {
        Refused::from(reason).into()
    }
}
