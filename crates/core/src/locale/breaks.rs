//! Titles of breaks: coffee, meals, travel, by the words of several countries.

use super::names::slug;

const WORDS: [&str; 31] = [
    "coffee",
    "cafe",
    "receso",
    "almuerzo",
    "lunch",
    "break",
    "pausa",
    "pause",
    "dejeuner",
    "intervalo",
    "refrigerio",
    "refaccion",
    "cena",
    "dinner",
    "traslado",
    "coctel",
    "cocktail",
    "almoco",
    "diner",
    "desayuno",
    "breakfast",
    "merienda",
    "descanso",
    "repas",
    "buffet",
    "vermut",
    "comida",
    "brunch",
    "aperitivo",
    "cafecito",
    "tea",
];

/// Longer titles speak of something else besides.
const MOST_WORDS: usize = 5;

/// Whether a title alone says that nobody has the floor.
///
/// ```
/// use convoca_core::locale::breaks;
/// assert!(breaks::is_break("Refacción") && breaks::is_break("Receso para almuerzo"));
/// assert!(!breaks::is_break("Cafetaleras de la región"));
/// ```
pub fn is_break(title: &str) -> bool {
    let plain = slug(title);
    let words: Vec<&str> = plain.split('-').collect();
    words.len() <= MOST_WORDS && words.iter().any(|word| WORDS.contains(word))
}
