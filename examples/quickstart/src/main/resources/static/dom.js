/** Makes an element: el('p', {class: 'soft'}, 'text', otherElement). Functions become listeners. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(key, value);
    } else if (value === true) {
      element.setAttribute(key, '');
    } else if (value !== false && value != null) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter(child => child != null));
  return element;
}

export async function json(url, options) {
  const response = await fetch(url, options);
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.detail ?? response.statusText);
  }
  return body;
}

/** Shows for a moment that an element is not what it was. */
export function glow(element) {
  element.classList.remove('changed');
  void element.offsetWidth;
  element.classList.add('changed');
}

export function time(instant) {
  return new Date(instant).toLocaleTimeString([], {hour: '2-digit', minute: '2-digit', second: '2-digit'});
}

const sources = new Map();

/**
 * Follows what an instance tells. All that listen on a page share one connection, since browsers allow only few; it connects
 * again by itself, and says hello each time.
 */
export function follow(base, listeners) {
  if (!sources.has(base)) {
    const opened = new EventSource(base + '/api/live');
    opened.addEventListener('hello', () => opened.greeted = true);
    sources.set(base, opened);
  }
  const source = sources.get(base);
  for (const [event, listener] of Object.entries(listeners)) {
    source.addEventListener(event, message => listener(message.data ? JSON.parse(message.data) : null));
  }
  if (source.greeted) {
    listeners.hello?.();
  }
}
