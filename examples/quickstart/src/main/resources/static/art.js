/** The goods, drawn with a few shapes. */
const drawings = {
  'Wool blanket': `<g><rect x="28" y="26" width="64" height="50" rx="7" fill="#b5533c"/><path d="M28 38h64M28 64h64" stroke="#f1e3cf" stroke-width="4"/>
    <path d="M28 51h64" stroke="#7e3426" stroke-width="6"/><path d="M32 76v7m8-7v7m8-7v7m8-7v7m8-7v7m8-7v7m8-7v7m8-7v7" stroke="#b5533c" stroke-width="2.5"/></g>`,
  'Storm lantern': `<path d="M45 76 41 42C38 8 82 8 79 42l-4 34" fill="none" stroke="#2d3d45" stroke-width="3.500"/>
    <path d="M50 36h20l4 16-5 20H51l-5-20z" fill="#f6e2b3"/><rect x="48" y="28" width="24" height="8" rx="3" fill="#2d3d45"/>
    <path d="M60 46c7 8 6 12 5 15-1 4-9 4-10 0-1-4 3-6 5-15z" fill="#dd8a26"/><rect x="41" y="71" width="38" height="13" rx="4" fill="#2d3d45"/>`,
  'Enamel mug': `<path d="M72 40h8c12 0 12 24-2 24h-6" fill="none" stroke="#24527a" stroke-width="5"/><path d="M36 30h38v44a8 8 0 0 1-8 8H44a8 8 0 0 1-8-8z" fill="#fbfaf6"/>
    <path d="M34 30h42" stroke="#24527a" stroke-width="5" stroke-linecap="round"/><path d="M47 48h16l-4.500 5 4.500 5H47z" fill="#1f7a74"/><path d="M46 46v22" stroke="#24527a" stroke-width="2.500"/>`,
  'Canvas bag': `<path d="M46 42c0-26 28-26 28 0" fill="none" stroke="#8a5a2e" stroke-width="4.500"/><path d="M32 40h56l5 40a5 5 0 0 1-5 5H32a5 5 0 0 1-5-5z" fill="#e9dfc8"/>
    <path d="M30 56h60" stroke="#c9b78f" stroke-width="2" stroke-dasharray="3 3"/><rect x="52" y="50" width="16" height="18" rx="2" fill="#8a5a2e"/>`,
};

export function drawing(name) {
  const svg = new DOMParser().parseFromString(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 96" aria-hidden="true">${drawings[name] ?? ''}</svg>`, 'image/svg+xml');
  return document.importNode(svg.documentElement, true);
}
