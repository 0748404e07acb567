import {el, json} from './dom.js';
import {flags, audit} from './flags.js';

const about = await json('api/about');
const stage = document.getElementById('stage');
stage.append(el('h1', {}, 'Flags of Harbour Goods'));
flags(stage.appendChild(el('div', {class: 'stack'})), about.auditTopic);
if (about.auditTopic) {
  audit(stage.appendChild(el('div')), about.auditTopic);
}
