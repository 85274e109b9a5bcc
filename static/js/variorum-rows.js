// @ts-check
import { isCommand } from "./variorum-keys.js";

const PLACES = "a.mark, a.omission";

/**
 * Wraps the aligned table: rows and differences by single keys, all marks as one tab stop, the
 * chosen difference outlined in every column. Without this script marks are plain links.
 */
class VariorumRows extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", this);
    document.addEventListener("click", this);
    this.addEventListener("focusin", this);
    const chosen = this.querySelector("[data-chosen]");
    const places = this.#places();
    for (const place of places) place.tabIndex = -1;
    const first = chosen instanceof HTMLElement ? chosen : places[0];
    if (first) first.tabIndex = 0;
    setTimeout(() => this.#return()); // only then has the old view left, and with it the focus
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
    document.removeEventListener("click", this);
    this.removeEventListener("focusin", this);
  }

  /** @param {Event} signal */
  handleEvent(signal) {
    if (signal instanceof KeyboardEvent) this.#press(signal);
    else if (!(signal.target instanceof Element)) return;
    else if (signal.type === "focusin") this.#remember(signal.target);
    else this.#choose(signal.target);
  }

  /** @returns {HTMLAnchorElement[]} */
  #places() {
    return /** @type {HTMLAnchorElement[]} */ ([...this.querySelectorAll(PLACES)]);
  }

  /** @returns {HTMLElement[]} */
  #rows() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("tbody > tr")]);
  }

  /** @param {KeyboardEvent} press */
  #press(press) {
    if (press.key === "Escape") return this.#close();
    if (press.shiftKey || !isCommand(press)) return;
    const at = document.activeElement;
    const steps = { j: 1, k: -1, n: 1, p: -1, ArrowRight: 1, ArrowLeft: -1 };
    const step = steps[/** @type {"j"} */ (press.key)];
    if (!step) return;
    if (press.key === "j" || press.key === "k") {
      this.#go(this.#rows(), at?.closest("tbody > tr") ?? null, step)?.scrollIntoView({ block: "start" });
    } else if (press.key.startsWith("Arrow")) {
      if (!(at instanceof HTMLElement) || !at.matches(PLACES) || !this.contains(at)) return;
      press.preventDefault();
      const entry = at.dataset.entry;
      const same = this.#places().filter((one) => one.dataset.entry === entry);
      this.#open(this.#go(same.filter((one) => one.checkVisibility()), at, step));
    } else {
      this.#open(this.#go(this.#seen(), at, step));
    }
  }

  /** Marks that count as differences and are not folded away. */
  #seen() {
    return this.#places().filter((one) => one.dataset.kind !== "contested" && one.checkVisibility());
  }

  /**
   * Focus the element `step` places on from `at`, from one end to the other.
   * @param {HTMLElement[]} list
   * @param {Element | null} at
   * @param {number} step
   */
  #go(list, at, step) {
    if (!list.length) return null;
    const now = at instanceof HTMLElement ? list.indexOf(at) : -1;
    let next = (now + step + list.length) % list.length;
    if (now < 0 && at && this.contains(at)) {
      const after = list.findIndex((one) => at.compareDocumentPosition(one) & 4);
      next = after < 0 ? 0 : (after + (step < 0 ? -1 : 0) + list.length) % list.length;
    } else if (now < 0) next = step > 0 ? 0 : list.length - 1;
    list[next].focus();
    return list[next];
  }

  /** @param {HTMLElement | null} place */
  #open(place) {
    place?.scrollIntoView({ block: "center" });
    place?.click();
  }

  /** @param {Element} at */
  #remember(at) {
    const row = at.closest("tbody > tr");
    if (row) document.getElementById("controls")?.setAttribute("data-row", row.id);
    if (!(at instanceof HTMLElement) || !at.matches(PLACES)) return;
    for (const other of this.querySelectorAll(`:is(${PLACES})[tabindex="0"]`)) {
      if (other instanceof HTMLElement) other.tabIndex = -1;
    }
    at.tabIndex = 0;
  }

  /** Outline the chosen difference everywhere, or nothing once the apparatus is closed. */
  #choose(/** @type {Element} */ at) {
    const place = at.closest(PLACES);
    const closes = at.closest(".apparatus__close") !== null;
    if (!closes && !(place instanceof HTMLElement && this.contains(place))) return;
    const entry = place instanceof HTMLElement ? place.dataset.entry : "";
    for (const one of this.#places()) one.toggleAttribute("data-chosen", one.dataset.entry === entry);
  }

  #close() {
    const close = document.querySelector(".apparatus__close");
    if (close instanceof HTMLElement && !document.querySelector("dialog[open]")) close.click();
  }

  /** After the view was exchanged: back to the row that had the focus, if nothing else has it. */
  #return() {
    const row = document.getElementById("controls")?.getAttribute("data-row");
    if (row && document.activeElement === document.body) {
      document.getElementById(row)?.focus({ preventScroll: true });
    }
  }
}

customElements.define("variorum-rows", VariorumRows);
