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
 * What a canvas shows: the world, `scale` pixels wide, moved so that (left, top) is its corner.
 * @typedef {{ scale: number, left: number, top: number, width: number, height: number, zoom: number }} View
 */

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
