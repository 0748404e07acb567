import {el, follow, glow, json, time} from './dom.js';

/** Shows the flags in an element, with what flips them; and who did, unless the audit tells that beside them. */
export function flags(root, audited) {
  const actor = el('input', {type: 'text', name: 'actor', value: 'you@example.com', autocomplete: 'off'});
  const reason = el('input', {type: 'text', name: 'reason', value: 'trying it out', autocomplete: 'off'});
  const list = el('ul', {class: 'flags'});
  const problem = el('p', {class: 'problem', role: 'alert'});
  const log = el('ol', {class: 'log', tabindex: '0', 'aria-label': 'Changes'});
  root.replaceChildren(
      el('section', {class: 'card'},
          el('h2', {}, 'Flags'),
          el('p', {class: 'small soft'}, 'and what 10,000 visitors get from them'),
          el('div', {class: 'who'}, el('label', {}, 'Who', actor), el('label', {}, 'Why', reason)),
          problem, list),
      el('section', {class: 'card', hidden: Boolean(audited)},
          el('h2', {}, 'Who changed what'), log));

  const rows = new Map();

  async function edit(key, change) {
    try {
      problem.textContent = '';
      await json(`api/flags/${encodeURIComponent(key)}`, {
        method: 'POST',
        headers: {'Content-Type': 'application/json'},
        body: JSON.stringify({...change, actor: actor.value, reason: reason.value}),
      });
    } catch (refused) {
      problem.textContent = `Refused: ${refused.message}`;
      refresh();
    }
  }

  function row(flag) {
    const id = 'flag-' + flag.key;
    const toggle = el('input', {
      type: 'checkbox', role: 'switch', class: 'switch', 'aria-labelledby': id,
      change: () => edit(flag.key, {enabled: toggle.checked}),
    });
    const output = el('output');
    const slider = el('input', {
      type: 'range', min: 0, max: 100, 'aria-label': `Share of ${flag.key} in percent`,
      input: () => output.textContent = `${slider.value} %`,
      change: () => edit(flag.key, {percent: Number(slider.value)}),
    });
    const element = el('li', {'data-flag': flag.key},
        el('div', {class: 'flag'}, el('code', {id}, flag.key), toggle, el('p', {}, flag.description ?? '')),
        flag.percent == null ? null : el('div', {class: 'percent'}, slider, output),
        el('div', {class: 'track', 'aria-hidden': 'true'}),
        el('p', {class: 'key'}));
    list.append(element);
    return {element, toggle, slider, output};
  }

  /** How many of the visitors get which variant. */
  function shares(element, counts) {
    const track = element.querySelector('.track');
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const percent = count => (100 * count / all).toFixed(1);
    const color = (variant, i) => ['off', 'none'].includes(variant) ? 'v3' : 'v' + i % 4;
    Object.entries(counts).forEach(([variant, count], i) => {
      const piece = track.children[i] ?? track.appendChild(el('i', {class: color(variant, i)}));
      requestAnimationFrame(() => piece.style.width = `${percent(count)}%`);
    });
    element.querySelector('.key').replaceChildren(...Object.entries(counts).map(([variant, count], i) =>
        el('span', {}, el('i', {class: color(variant, i)}), `${variant} ${percent(count)} %`)));
  }

  async function refresh() {
    const [page, crowd] = await Promise.all([json('api/flags'), json('api/crowd')]);
    for (const [key, {element}] of rows) {
      if (!page.flags.some(flag => flag.key === key)) {
        element.remove();
        rows.delete(key);
      }
    }
    for (const flag of page.flags) {
      if (!rows.has(flag.key)) {
        rows.set(flag.key, row(flag));
      }
      const {element, toggle, slider, output} = rows.get(flag.key);
      shares(element, crowd[flag.key] ?? {});
      toggle.checked = flag.enabled;
      if (flag.percent != null) {
        slider.value = flag.percent;
        output.textContent = `${flag.percent} %`;
      }
    }
    log.replaceChildren(...page.changes.map(change => el('li', {},
        el('p', {class: 'what'}, change.what.length > 2 ? `${change.what.length} flags created` : change.what.join(', ')),
        el('p', {class: 'meta'}, `${change.actor}${change.reason ? ': ' + change.reason : ''}`),
        el('p', {class: 'meta'}, `revision ${change.revision}, ${time(change.at)}`))));
  }

  follow('', {
    hello: refresh,
    flags: async news => {
      await refresh();
      news.flags.forEach(key => rows.get(key) && glow(rows.get(key).element));
      log.firstElementChild && glow(log.firstElementChild);
    },
  });
}

/** Shows the records of the audit topic as they arrive. */
export function audit(root, topic) {
  const log = el('ol', {class: 'log', tabindex: '0', 'aria-label': 'Audit records'});
  root.replaceChildren(el('section', {class: 'card'},
      el('h2', {}, 'Audit records in Kafka'), el('p', {class: 'small soft'}, 'as a consumer of the topic ', el('code', {}, topic), ' reads them'), log));

  const entry = line => el('li', {},
      el('p', {class: 'what'}, `${line.type} ${line.flag}`),
      el('p', {class: 'meta'}, `${line.actor}${line.reason ? ': ' + line.reason : ''}`),
      line.patch ? el('p', {class: 'meta'}, el('code', {}, line.patch)) : null,
      el('p', {class: 'meta'}, `offset ${line.offset}, revision ${line.revision}, ${time(line.at)}`));

  follow('', {
    hello: async () => log.replaceChildren(...(await json('api/audit')).map(entry)),
    audit: line => {
      log.prepend(entry(line));
      glow(log.firstElementChild);
    },
  });
}
