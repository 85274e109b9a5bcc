// @ts-check
// The elements of an event's page.
import "./variorum-controls.js";
import "./variorum-print.js";
import "./variorum-rows.js";
