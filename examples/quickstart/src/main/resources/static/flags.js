import {el, follow, glow, json, time} from './dom.js';

/** Shows the flags in an element, with what flips them and who did. */
export function flags(root) {
  const actor = el('input', {type: 'text', name: 'actor', value: 'you@example.com', autocomplete: 'off'});
  const reason = el('input', {type: 'text', name: 'reason', value: 'trying it out', autocomplete: 'off'});
  const list = el('ul', {class: 'flags'});
  const problem = el('p', {class: 'problem', role: 'alert'});
  const log = el('ol', {class: 'log', tabindex: '0', 'aria-label': 'Changes'});
  root.replaceChildren(
      el('section', {class: 'card'},
          el('h2', {}, 'Flags'),
          el('div', {class: 'who'}, el('label', {}, 'Who', actor), el('label', {}, 'Why', reason)),
          problem, list),
      el('section', {class: 'card'},
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
        flag.percent == null ? null : el('div', {class: 'percent'}, slider, output));
    list.append(element);
    return {element, toggle, slider, output};
  }

  async function refresh() {
    const page = await json('api/flags');
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
      const {toggle, slider, output} = rows.get(flag.key);
      toggle.checked = flag.enabled;
      if (flag.percent != null && document.activeElement !== slider || slider.value !== String(flag.percent)) {
        slider.value = flag.percent ?? 0;
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
