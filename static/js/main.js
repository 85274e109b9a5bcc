// @ts-check
// Loads the elements that every page may hold; each starts by itself in connectedCallback.
import "./variorum-keys.js";
import "./variorum-preferences.js";
