// @ts-check
import { isCommand } from "./variorum-keys.js";

const MODES = ["base", "agree", "plain"];
const SKELETON_MS = 200;

/**
 * Wraps the form #controls: single keys change its fields, its summary says what is chosen, and a
 * change that the server did not answer is said so. The form itself works without this script.
 */
class VariorumControls extends HTMLElement {
  /** @type {Element | null} the view as it was when the form was sent */
  asked = null;
  /** @type {MutationObserver | null} */
  watcher = null;
  timer = 0;

  connectedCallback() {
    document.addEventListener("keydown", this);
    this.addEventListener("change", this);
    const form = this.#form();
    if (!form) return;
    if (matchMedia("(width <= 700px)").matches) this.querySelector("details")?.removeAttribute("open");
    this.watcher = new MutationObserver(() => this.#watch(form));
    this.watcher.observe(form, { attributeFilter: ["class"] });
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
    this.removeEventListener("change", this);
    this.watcher?.disconnect();
  }

  /** @param {Event} signal */
  handleEvent(signal) {
    if (signal instanceof KeyboardEvent) this.#press(signal);
    else this.#summarise();
  }

  #form() {
    return /** @type {HTMLFormElement | null} */ (this.querySelector("#controls"));
  }

  /**
   * @param {string} name
   * @returns {HTMLInputElement[]}
   */
  #fields(name) {
    return [...this.querySelectorAll(`input[name="${name}"]`)].filter(
      (field) => field instanceof HTMLInputElement,
    );
  }

  /** @param {KeyboardEvent} press */
  #press(press) {
    if (press.shiftKey || !isCommand(press)) return;
    const toggles = { d: "diff", q: "quotes" };
    if (press.key in toggles) {
      const [field] = this.#fields(toggles[/** @type {"d" | "q"} */ (press.key)]);
      if (field) this.#set(field, !field.checked);
    } else if (press.key === "g") {
      this.#next(this.#fields("mode"), MODES);
    } else if (press.key === "b") {
      this.#next(this.#fields("base"), this.#shown());
    }
  }

  /** @returns {string[]} the sigla of the outlets to be seen; all where none is ticked */
  #shown() {
    const ticked = this.#fields("show").filter((field) => field.checked);
    return (ticked.length ? ticked : this.#fields("show")).map((field) => field.value);
  }

  /**
   * @param {HTMLInputElement[]} fields
   * @param {string[]} values
   */
  #next(fields, values) {
    const now = fields.find((field) => field.checked)?.value ?? "";
    const value = values[(values.indexOf(now) + 1) % values.length];
    const field = fields.find((one) => one.value === value);
    if (field) this.#set(field, true);
  }

  /**
   * @param {HTMLInputElement} field
   * @param {boolean} checked
   */
  #set(field, checked) {
    field.checked = checked;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #summarise() {
    const state = this.querySelector(".tools__state");
    const base = this.#fields("base").find((field) => field.checked)?.value;
    if (state && base) state.textContent = `${base}; ${this.#shown().join(", ")}`;
  }

  /**
   * The form carries a class while its request runs. If the view is the same afterwards, nothing
   * came back.
   * @param {HTMLFormElement} form
   */
  #watch(form) {
    const runs = form.className.includes("request");
    const busy = /** @type {HTMLElement | null} */ (this.querySelector(".busy"));
    const stale = /** @type {HTMLElement | null} */ (this.querySelector(".stale"));
    const view = document.getElementById("view");
    window.clearTimeout(this.timer);
    if (runs) {
      this.asked ??= view;
      this.timer = window.setTimeout(() => {
        if (busy) busy.hidden = false;
        view?.setAttribute("aria-busy", "true");
      }, SKELETON_MS);
      return;
    }
    if (busy) busy.hidden = true;
    view?.removeAttribute("aria-busy");
    const asked = this.asked;
    this.asked = null;
    if (asked && stale) {
      window.setTimeout(() => (stale.hidden = document.getElementById("view") !== asked), 50);
    }
  }
}

customElements.define("variorum-controls", VariorumControls);
