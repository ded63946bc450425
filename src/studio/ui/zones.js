// @ts-check
// Countries with their zones, to choose from.
import { useEffect, useState } from "preact/hooks";
import { asks, say } from "./store.js";

/** The countries that such groups are mostly made of come first. */
const NEAR = ["GT", "HN", "SV", "NI", "CR", "PA", "BZ", "MX", "DO"];

/** Every country with its zones, those nearby first and the others by their names. @returns {any[]} */
export function usePlaces() {
  const [places, setPlaces] = useState(/** @type {any[]} */ ([]));
  useEffect(() => {
    asks().places().then(setPlaces, () => {});
  }, []);
  const near = NEAR.flatMap((code) => places.find((place) => place.code === code) ?? []);
  return [...near, ...places.filter((place) => !NEAR.includes(place.code)).sort((a, b) => say(a.name).localeCompare(say(b.name)))];
}

/** A country, with the city where it has several zones. @param {any} place @param {string} zone */
export const zoneName = (place, zone) => (place.zones.length > 1 ? `${say(place.name)} · ${zone.split("/").at(-1)?.replaceAll("_", " ")}` : say(place.name));

/** @param {any} place */
export const isNear = (place) => NEAR.includes(place.code);

/** The zones by the countries that have them. @param {any[]} places @returns {[string, string][]} */
export const zoneOptions = (places) => places.flatMap((place) => place.zones.map((/** @type {string} */ zone) => [zone, zoneName(place, zone)]));
