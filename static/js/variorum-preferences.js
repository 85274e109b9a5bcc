// @ts-check

/**
 * Wraps a form that posts to /preferences: the choice shows at once, the server keeps it in a
 * cookie, and the page stays where it is. Without this script the form posts and comes back.
 */
class VariorumPreferences extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", this);
    this.addEventListener("change", this);
  }

  disconnectedCallback() {
    this.removeEventListener("submit", this);
    this.removeEventListener("change", this);
  }

  /** @param {Event} signal */
  handleEvent(signal) {
    const form = this.querySelector("form");
    if (!form) return;
    if (signal.type === "change") {
      form.requestSubmit();
      return;
    }
    signal.preventDefault();
    const button = signal instanceof SubmitEvent ? signal.submitter : null;
    const chosen = new FormData(form);
    if (button instanceof HTMLButtonElement && button.name) chosen.set(button.name, button.value);
    this.#keep(form, chosen);
  }

  /**
   * @param {HTMLFormElement} form
   * @param {FormData} chosen
   */
  async #keep(form, chosen) {
    for (const [name, value] of chosen) {
      if (name !== "back") document.documentElement.dataset[name] = String(value);
    }
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && !focused.checkVisibility()) {
      const other = [...this.querySelectorAll("button")].find((button) => button.checkVisibility());
      other?.focus();
    }
    const body = new URLSearchParams();
    for (const [name, value] of chosen) body.set(name, String(value));
    await fetch(form.action, { method: "POST", body, redirect: "manual" });
  }
}

customElements.define("variorum-preferences", VariorumPreferences);
