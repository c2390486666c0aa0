/**
 * A canvas in one of Leaflet's panes: moves with the map, and is drawn again when the map comes to rest.
 * @module canvas
 */

/** Share of the map's size that is drawn beyond each of its edges, so that a drag shows no blank. */
const PADDING = 0.25;
/** How long the map must have been at rest before what is drawn is brought back to its middle. */
const REST_MS = 120;

/** @typedef {import("./geometry.js").View} View */

/**
 * Make the class once Leaflet is there. `L.Renderer` places the container and moves it in zoom animations.
 * @param {any} L
 * @returns {any}
 */
export function canvasClass(L) {
  return L.Renderer.extend({
    options: { padding: PADDING, pane: "overlayPane" },

    /** @param {(c: CanvasRenderingContext2D, view: View) => void} paint @param {any} options */
    initialize(paint, options) {
      L.Renderer.prototype.initialize.call(this, options);
      this.paint = paint;
    },

    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
    },

    _destroyContainer() {
      this._container.remove();
      delete this._container;
    },

    getEvents() {
      const events = L.Renderer.prototype.getEvents.call(this);
      events.move = this.follow;
      events.moveend = this.settle;
      return events;
    },

    _updatePaths() {
      // Leaflet calls this for its own paths; there are none here
    },

    /** Draw again in mid-drag once the drawn part is left. */
    follow() {
      if (this._map._animatingZoom || !this._bounds) return;
      if (!this.covers()) this._update();
    },

    /** Draw again after a move: at once where it is needed, else when no other move follows. */
    settle() {
      window.clearTimeout(this.timer);
      if (!this._bounds || this._zoom !== this._map.getZoom() || !this.covers()) {
        this._update();
        return;
      }
      this.timer = window.setTimeout(() => {
        if (this._map && !this._center.equals(this._map.getCenter())) this._update();
      }, REST_MS);
    },

    /** Whether all that is in sight has been drawn. */
    covers() {
      const corner = this._map.containerPointToLayerPoint([0, 0]);
      return this._bounds.contains(L.bounds(corner, corner.add(this._map.getSize())));
    },

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      this.draw();
    },

    /** Draw what is to be seen now. */
    draw() {
      if (!this._map || !this._bounds) return;
      const size = this._bounds.getSize();
      const canvas = this._container;
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      canvas.width = size.x * ratio;
      canvas.height = size.y * ratio;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      const c = canvas.getContext("2d");
      c.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.paint(c, this.view());
    },

    /** @returns {View} */
    view() {
      const zoom = this._map.getZoom();
      const corner = this._map.getPixelOrigin().add(this._bounds.min);
      const size = this._bounds.getSize();
      return { scale: 256 * 2 ** zoom, left: corner.x, top: corner.y, width: size.x, height: size.y, zoom };
    },
  });
}
