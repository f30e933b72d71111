/** What the site says, in the language of the page; the values stand in its braces. */
export function _(message, values = {}) {
  return Documentation.gettext(message).replace(/\{(\w+)\}/g, (place, name) => values[name]);
}
