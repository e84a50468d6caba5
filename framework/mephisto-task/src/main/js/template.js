/** Templates of static HTML tasks: fetched, filled with the unit's fields, and their scripts run. */

const RETRY_MS = 2_000;

/** The template's text; tried until it comes, except where it is not there. */
export async function loadTemplate(file) {
  for (;;) {
    try {
      const response = await fetch(new URL(encodeURI(file), `${window.location.origin}/`), { cache: "no-cache" });
      if (response.ok) {
        return await response.text();
      }
      if (response.status < 500) {
        return `<p role="alert">This page's content is missing. Please tell the requester that the task file is not there.</p>`;
      }
    } catch (error) {
      console.warn(`${file} did not load: ${error.message}`);
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** Puts the values of `keys` for their `${name}`; names that are not among them stay as they are. */
export function fillTemplate(template, keys, escape) {
  return template.replace(/\$\{([^}]+)\}/g, (whole, name) => {
    if (!Object.hasOwn(keys, name)) {
      return whole;
    }
    const text = asText(keys[name]);
    return escape ? escaped(text) : text;
  });
}

/** Runs the top-level scripts in order: external ones are waited for, inline ones run in the global scope. */
export async function runScripts(place) {
  for (const script of [...place.children].filter((child) => child.tagName === "SCRIPT")) {
    const live = document.createElement("script");
    for (const { name, value } of script.attributes) {
      live.setAttribute(name, value);
    }
    live.async = false;
    if (script.src) {
      await new Promise((resolve) => {
        live.onload = resolve;
        live.onerror = () => {
          console.error(`${script.src} did not load; the scripts after it run without it.`);
          resolve();
        };
        script.replaceWith(live);
      });
    } else {
      live.text = script.text;
      script.replaceWith(live);
    }
  }
}

function asText(value) {
  if (value === null || value === undefined) {
    return "";
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text) {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
