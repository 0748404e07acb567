import {el, follow, glow, json} from './dom.js';
import {drawing} from './art.js';

const visitors = [
  ['ada', 'Ada, member', 'member'],
  ['bruno', 'Bruno, guest', 'guest'],
  ['chloe', 'Chloe, guest', 'guest'],
  ['emi', 'Emi, member', 'member'],
];
const regions = [['DE', 'Germany'], ['FR', 'France'], ['GB', 'Britain'], ['US', 'United States'], ['JP', 'Japan']];
const reasons = {
  STATIC: 'the same for everybody',
  TARGETING_MATCH: 'a rule matched',
  SPLIT: 'the share decided',
  DEFAULT: 'no rule matched',
  DISABLED: 'the flag is off',
  PREREQUISITE_FAILED: 'another flag is missing',
  ERROR: 'the flag is broken',
};

/** Shows the shop of an instance in an element, and keeps it up to date. */
export function shop(root, base, label) {
  const parts = {
    visitor: select(visitors),
    region: select(regions),
    status: el('p', {class: 'status', role: 'status'}, 'connecting'),
    banner: el('p'),
    goods: el('ul', {class: 'goods'}),
    checkout: el('section', {class: 'card checkout', 'aria-label': 'Basket'}),
    answers: el('tbody'),
  };
  const strip = el('div', {class: 'banner'}, el('div', {}, parts.banner));
  root.classList.add('shop', 'stack');
  root.replaceChildren(
      el('header', {},
          el('div', {}, label ? el('p', {class: 'small soft'}, label) : null, el('h1', {}, 'Harbour Goods'), parts.status),
          el('div', {class: 'switches'},
              el('label', {}, 'You are', parts.visitor), el('label', {}, 'You are in', parts.region))),
      strip, parts.goods, parts.checkout,
      el('section', {class: 'card'},
          el('h2', {}, 'Why you see this'),
          el('table', {class: 'why'},
              el('thead', {}, el('tr', {}, ...['Flag', 'Variant', 'Reason'].map(name => el('th', {scope: 'col'}, name)))),
              parts.answers)));

  const shown = {};
  let took = '';

  async function refresh() {
    const [id, , plan] = visitors[parts.visitor.selectedIndex];
    const query = new URLSearchParams({id, region: parts.region.value, plan});
    render(await json(`${base}/api/shop?${query}`));
  }

  function render(page) {
    const changes = (part, value) => {
      const text = JSON.stringify(value);
      const changed = part in shown && shown[part] !== text;
      const first = !(part in shown);
      shown[part] = text;
      return {any: changed || first, later: changed};
    };
    const banner = changes('banner', page.banner);
    strip.classList.toggle('shown', page.banner !== '');
    if (page.banner !== '') {
      parts.banner.textContent = page.banner;
    }
    if (banner.any) {
      root.dataset.banner = page.banner;
    }
    const goods = changes('goods', [page.goods, page.tax]);
    if (goods.any) {
      parts.goods.replaceChildren(...page.goods.map(good => {
        const price = el('p', {class: 'price'}, good.price, el('span', {class: 'soft small'}, ` ${page.tax}`));
        if (goods.later) {
          glow(price);
        }
        return el('li', {class: 'good'}, drawing(good.name), el('p', {class: 'name'}, good.name), price);
      }));
    }
    const checkout = changes('checkout', [page.checkout, page.giftWrap, page.orders, page.total]);
    if (checkout.any) {
      parts.checkout.replaceChildren(...basket(page, base).filter(Boolean));
      if (checkout.later) {
        glow(parts.checkout);
      }
    }
    parts.answers.replaceChildren(...page.answers.map(answer => {
      const cell = changes('answer ' + answer.flag, [answer.variant, answer.reason, answer.rule]);
      const row = el('tr', {},
          el('td', {}, el('code', {}, answer.flag)),
          el('td', {}, answer.variant ?? 'none'),
          el('td', {},
              el('details', {},
                  el('summary', {title: answer.reason}, reasons[answer.reason] ?? answer.reason,
                      answer.rule ? ': ' : '', answer.rule ? el('code', {}, answer.rule) : ''),
                  el('pre', {}, answer.explanation))));
      if (cell.later) {
        glow(row);
      }
      return row;
    }));
    if (root.dataset.revision !== String(page.revision)) {
      parts.status.textContent = `revision ${page.revision}${took}`;
    }
    root.dataset.revision = page.revision;
    root.dataset.checkout = page.checkout;
  }

  parts.visitor.addEventListener('change', refresh);
  parts.region.addEventListener('change', refresh);
  follow(base, {
    hello: () => {
      parts.status.classList.remove('lost');
      delete root.dataset.revision;
      refresh();
    },
    flags: news => {
      took = news.millis == null ? '' : `, in force ${news.millis} ms after the commit`;
      refresh();
    },
    error: () => {
      parts.status.classList.add('lost');
      parts.status.textContent = 'no connection: the page shows what it knew last';
    },
  });
}

function select(options) {
  return el('select', {}, ...options.map(([value, text]) => el('option', {value}, text)));
}

/** The basket, with the checkout that the flag gave. */
function basket(page, base) {
  const head = el('div', {class: 'head'},
      el('div', {}, el('h2', {}, 'Your basket'), el('p', {class: 'small soft'}, 'Storm lantern, Enamel mug')),
      el('p', {class: 'total'}, page.total, el('br'), el('span', {class: 'soft small'}, page.tax)));
  if (!page.orders) {
    return [head, el('p', {}, 'We take no orders for a moment. Your basket is kept.'),
      el('button', {class: 'buy', type: 'button', disabled: true}, 'Closed')];
  }
  const wrap = page.giftWrap
      ? el('label', {class: 'wrap'}, el('input', {type: 'checkbox'}), 'Wrap it as a gift') : null;
  if (page.checkout === 'ONE_PAGE') {
    const fields = ['Name', 'Address', 'Card'].map(name => el('label', {}, name, el('input', {type: 'text', autocomplete: 'off'})));
    return [head, el('div', {class: 'fields'}, ...fields), wrap, buy('Buy now', base)];
  }
  const steps = ['Address', 'Delivery', 'Payment'].map((name, i) => el('li', {'aria-current': i === 0 ? 'step' : null}, name));
  return [head, el('ol', {class: 'steps'}, ...steps), wrap, buy('Go on to your address', base)];
}

/** A button that orders. It says what came of it. */
function buy(text, base) {
  const button = el('button', {
    class: 'buy', type: 'button',
    click: async () => {
      button.disabled = true;
      const answer = await fetch(base + '/api/orders', {method: 'POST'});
      button.textContent = answer.ok ? await answer.text() : 'We take no orders for a moment.';
    },
  }, text);
  return button;
}
