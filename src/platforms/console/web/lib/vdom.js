/**
 * A page as a function of its state: `h` describes elements, `patch` makes the document equal to the description and
 * leaves alone what did not change, so that focus, selection and scroll survive every update.
 *
 * @typedef {Record<string, any>} Props
 * @typedef {{ tag: string, props: Props, children: VNode[], key: string | number | null, id: string, node: Node | null, svg: boolean }} VNode
 * @typedef {VNode | string | number | null | undefined | false} One
 * @typedef {One | Many} Child
 */
/** Lists in lists, as deep as they come. @typedef {{ readonly [index: number]: Child, readonly length: number, map: Function }} Many */

const SVG = 'http://www.w3.org/2000/svg';
const TEXT = '#text';
/** Properties that a person changes too: set as properties, and only when they differ. */
const LIVE = new Set(['value', 'checked', 'open', 'disabled', 'selected', 'indeterminate']);

/**
 * @param {string} tag
 * @param {Props | null} [props] `key` for moving things, `ref` called with the element once, `on…` listeners, the rest attributes
 * @param {...Child} children
 * @returns {VNode}
 */
export function h(tag, props, ...children) {
  const { key = null, ...rest } = props ?? {};
  return { tag, props: rest, children: flatten(children), key, id: '', node: null, svg: false };
}

/**
 * Every child gets an identity: its key, or the place it has among its siblings, where one that is not shown keeps its
 * place, so that what follows is still recognised.
 * @param {readonly any[]} children @param {string} [path] @returns {VNode[]}
 */
function flatten(children, path = '') {
  /** @type {VNode[]} */
  const out = [];
  children.forEach((child, index) => {
    if (child === null || child === undefined || child === false) return;
    if (Array.isArray(child)) {
      out.push(...flatten(child, `${path}${index}.`));
      return;
    }
    /** @type {VNode} */
    const vnode = typeof child === 'object' ? child : text(child);
    vnode.id = vnode.key === null ? `${vnode.tag}#${path}${index}` : `${vnode.tag}:${path}${vnode.key}`;
    out.push(vnode);
  });
  return out;
}

/** @param {unknown} content @returns {VNode} */
function text(content) {
  return { tag: TEXT, props: { text: String(content) }, children: [], key: null, id: '', node: null, svg: false };
}

/** @type {WeakMap<Element, VNode[]>} */
const rendered = new WeakMap();

/**
 * Makes the children of `parent` what `next` says.
 * @param {Element} parent @param {Child[]} next
 */
export function patch(parent, next) {
  const wanted = flatten(next);
  children(parent, rendered.get(parent) ?? [], wanted, parent.namespaceURI === SVG);
  rendered.set(parent, wanted);
}

/** @param {Element} parent @param {VNode[]} before @param {VNode[]} after @param {boolean} svg */
function children(parent, before, after, svg) {
  const known = new Map(before.map((vnode) => [vnode.id, vnode]));
  const nodes = after.map((vnode) => {
    const old = known.get(vnode.id);
    known.delete(vnode.id);
    return old ? update(old, vnode, svg) : create(vnode, svg);
  });
  for (const gone of known.values()) gone.node?.parentNode?.removeChild(gone.node);
  /** @type {Node | null} */
  let at = parent.firstChild;
  for (const node of nodes) {
    // Moving a node takes its focus away, so only what is out of place is moved.
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
}

/** @param {VNode} vnode @param {boolean} inSvg @returns {Node} */
function create(vnode, inSvg) {
  if (vnode.tag === TEXT) {
    vnode.node = document.createTextNode(vnode.props.text);
    return vnode.node;
  }
  vnode.svg = inSvg || vnode.tag === 'svg';
  const element = vnode.svg ? document.createElementNS(SVG, vnode.tag) : document.createElement(vnode.tag);
  vnode.node = element;
  for (const [name, value] of Object.entries(vnode.props)) set(element, name, value, undefined);
  children(element, [], vnode.children, vnode.svg);
  // A select knows its options only now.
  if ('value' in vnode.props && element instanceof HTMLSelectElement) element.value = vnode.props.value;
  vnode.props.ref?.(element);
  return element;
}

/** @param {VNode} old @param {VNode} next @param {boolean} svg @returns {Node} */
function update(old, next, svg) {
  const node = old.node;
  if (!node) return create(next, svg);
  next.node = node;
  next.svg = old.svg;
  if (next.tag === TEXT) {
    if (old.props.text !== next.props.text) node.nodeValue = next.props.text;
    return node;
  }
  const element = /** @type {Element} */ (node);
  for (const name of Object.keys(old.props)) if (!(name in next.props)) set(element, name, null, old.props[name]);
  for (const [name, value] of Object.entries(next.props)) set(element, name, value, old.props[name]);
  children(element, old.children, next.children, old.svg);
  return node;
}

/** @param {Element} element @param {string} name @param {any} value @param {any} old */
function set(element, name, value, old) {
  if (name === 'ref') return;
  if (name.startsWith('on')) {
    if (value !== old) /** @type {any} */ (element)[name.toLowerCase()] = value ?? null;
    return;
  }
  if (LIVE.has(name) && name in element) {
    const live = /** @type {any} */ (element);
    // `value` is what the state wants; what somebody is typing into the field is the state already.
    if (value !== old && live[name] !== value) live[name] = value ?? (name === 'value' ? '' : false);
    return;
  }
  if (value === old) return;
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : String(value));
}
