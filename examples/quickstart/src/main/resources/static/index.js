import {el, json} from './dom.js';
import {shop} from './shop.js';
import {flags, audit} from './flags.js';

const about = await json('api/about');
const stage = document.getElementById('stage');
document.getElementById('runs').textContent = `flags from a ${about.store}`;

about.instances.forEach((base, i) => {
  const section = stage.appendChild(el('section', {'aria-label': 'Shop'}));
  const own = base === location.origin || about.instances.length === 1;
  shop(section, own ? '' : base, about.instances.length > 1 ? `Instance ${i + 1}, ${new URL(base).host}` : null);
});

const aside = stage.appendChild(el('aside', {class: 'stack', 'aria-label': 'Flags'}));
const panel = aside.appendChild(el('div', {class: 'stack'}));
flags(panel, about.auditTopic);
if (about.auditTopic) {
  audit(aside.appendChild(el('div')), about.auditTopic);
}
