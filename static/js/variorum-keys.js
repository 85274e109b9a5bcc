// @ts-check

/**
 * Say whether a key may be a command: no text field has focus, no modifier is held, the reader has
 * not turned single keys off (WCAG 2.1.4).
 * @param {KeyboardEvent} press
 * @returns {boolean}
 */
export function isCommand(press) {
  if (press.ctrlKey || press.metaKey || press.altKey || press.defaultPrevented) return false;
  if (document.documentElement.dataset.keys === "off") return false;
  if (document.querySelector("dialog[open]")) return false;
  const at = press.target;
  if (!(at instanceof HTMLElement)) return true;
  if (at.isContentEditable || at.matches("textarea, select")) return false;
  return !at.matches("input:not([type=radio], [type=checkbox])");
}

/** Holds the list of keys: "?" opens it, "/" goes to the search field. */
class VariorumKeys extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", this);
    document.addEventListener("click", this);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
    document.removeEventListener("click", this);
  }

  /** @param {Event} signal */
  handleEvent(signal) {
    if (signal instanceof KeyboardEvent) this.#press(signal);
    else if (signal.target instanceof Element && signal.target.closest("#keys-link")) {
      signal.preventDefault();
      this.#open();
    }
  }

  /** @param {KeyboardEvent} press */
  #press(press) {
    if (!isCommand(press)) return;
    if (press.key === "?") {
      press.preventDefault();
      this.#open();
    }
    if (press.key === "/") {
      press.preventDefault();
      document.getElementById("top-search")?.focus();
    }
  }

  #open() {
    this.querySelector("dialog")?.showModal();
  }
}

customElements.define("variorum-keys", VariorumKeys);
