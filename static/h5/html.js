// Templates without a compiler: htm turns tagged templates into Vue's h(). Nothing is evaluated from text, so the
// content security policy needs no 'unsafe-eval'.
const { h } = window.Vue;

function create(type, props, ...children) {
  this[0] = 3; // htm would reuse static nodes between renders; Vue wants fresh ones
  if (typeof type === 'string') return h(type, props, children);
  const [first] = children;
  const named = children.length === 1 && first && first.constructor === Object && !first.__v_isVNode;
  return h(type, props, named ? first : children.length ? { default: () => children } : null);
}

export const html = window.htm.bind(create);
