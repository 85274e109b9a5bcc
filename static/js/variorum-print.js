// @ts-check

/** Shows its button, which prints the page. Printing works from the browser's menu as well. */
class VariorumPrint extends HTMLElement {
  connectedCallback() {
    this.querySelector("button")?.removeAttribute("hidden");
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  handleEvent() {
    window.print();
  }
}

customElements.define("variorum-print", VariorumPrint);
