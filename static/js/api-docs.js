// @ts-check
/** Draws the API's description into #api-docs; the vendored bundle has set SwaggerUIBundle. */

const place = document.getElementById("api-docs");
const draw = /** @type {any} */ (globalThis).SwaggerUIBundle;

if (place && draw) {
  draw({
    domNode: place,
    url: place.dataset.description,
    deepLinking: false,
    validatorUrl: null,
    supportedSubmitMethods: ["get"],
  });
}
