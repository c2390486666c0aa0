/**
 * Web Mercator and distances on the sphere. World coordinates run from 0 to 1, east and south.
 * @module geometry
 */

const EARTH_KM = 6371.0088;
const RADIANS = Math.PI / 180;
const LIMIT = 85.0511287798;

/** @param {number} longitude degrees @returns {number} */
export function worldX(longitude) {
  return longitude / 360 + 0.5;
}

/** @param {number} latitude degrees @returns {number} */
export function worldY(latitude) {
  const sine = Math.sin(Math.max(-LIMIT, Math.min(LIMIT, latitude)) * RADIANS);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Kilometres as a share of the world's width, at a latitude. @param {number} km @param {number} latitude */
export function worldLength(km, latitude) {
  return km / (2 * Math.PI * EARTH_KM * Math.max(0.02, Math.cos(latitude * RADIANS)));
}

/**
 * A circle of true size on the sphere, as world coordinates; closed, east of the date line where it crosses it.
 * @param {number} latitude
 * @param {number} longitude
 * @param {number} km
 * @param {number} [steps]
 * @returns {[number, number][]}
 */
export function circle(latitude, longitude, km, steps = 72) {
  const [p, angle] = [latitude * RADIANS, km / EARTH_KM];
  /** @type {[number, number][]} */
  const points = [];
  for (let i = 0; i <= steps; i += 1) {
    const bearing = (2 * Math.PI * i) / steps;
    const lat = Math.asin(Math.sin(p) * Math.cos(angle) + Math.cos(p) * Math.sin(angle) * Math.cos(bearing));
    const turn = Math.atan2(
      Math.sin(bearing) * Math.sin(angle) * Math.cos(p),
      Math.cos(angle) - Math.sin(p) * Math.sin(lat),
    );
    points.push([worldX(longitude + turn / RADIANS), worldY(lat / RADIANS)]);
  }
  return points;
}

/**
 * Longitudes with those of the western half moved around the world, if that brings them closer together: events on both
 * sides of the date line are neighbours then.
 * @param {Float64Array} longitudes
 * @returns {Float64Array} from -180 to 180, or from 0 to 360
 */
export function together(longitudes) {
  const moved = longitudes.map((longitude) => (longitude < 0 ? longitude + 360 : longitude));
  return width(moved) < Math.min(width(longitudes), 180) ? moved : longitudes;
}

/** @param {Float64Array} longitudes */
function width(longitudes) {
  let [least, most] = [Infinity, -Infinity];
  for (const longitude of longitudes) [least, most] = [Math.min(least, longitude), Math.max(most, longitude)];
  return most - least;
}

/** A longitude by as many turns around the world as bring it nearest to another. @param {number} longitude
 * @param {number} other */
export function turnedTo(longitude, other) {
  return longitude + 360 * Math.round((other - longitude) / 360);
}

/**
 * What a canvas shows: the world, `scale` pixels wide, moved so that (left, top) is its corner.
 * @typedef {{ scale: number, left: number, top: number, width: number, height: number, zoom: number }} View
 */

/**
 * The view as each of the worlds in it sees it: beyond the date line the world begins anew.
 * @param {View} view
 * @returns {View[]}
 */
export function worlds(view) {
  const { west, east } = edges(view);
  const found = [];
  // from one before: an event may stand up to a turn to the east of its longitude
  for (let turn = Math.floor(west) - 1; turn <= Math.floor(east); turn += 1) {
    found.push({ ...view, left: view.left - turn * view.scale });
  }
  return found;
}

/**
 * World coordinates of a view's edges.
 * @param {View} view
 * @param {number} [margin] pixels
 */
export function edges(view, margin = 0) {
  return {
    west: (view.left - margin) / view.scale,
    north: (view.top - margin) / view.scale,
    east: (view.left + view.width + margin) / view.scale,
    south: (view.top + view.height + margin) / view.scale,
  };
}
