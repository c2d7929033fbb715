// The one place that talks to /api/v1/. A refusal becomes a Problem with the server's own sentence.
import { askingForMe, dropDrafts, forget, session } from './session.js';

export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || '网络不通，请检查网络后再试。');
    this.status = status;
    this.code = body.code || 'network';
    this.title = body.title || '没有完成';
    this.errors = body.errors || [];
    this.data = body.data || {};
    this.body = body;
  }

  // The sentence that belongs to an input field, if the server named one.
  of(field) {
    const hit = this.errors.find((error) => error.field === field);
    return hit ? hit.detail : '';
  }
}

const OFFLINE = { code: 'network', title: '网络不通', detail: '没有连上服务器。请检查网络后再试，已填写的内容不会丢失。' };
const SLOW = { code: 'network', title: '网络太慢', detail: '等了 30 秒，没有收到服务器的答复。请检查网络后再试；如果是提交，服务器可能已经收到，请先核对。' };
const PATIENCE = 30_000; // a connection that hangs would otherwise be waited for by minutes, and the spinner with it

async function fetchText(address, options) {
  const hanging = new AbortController();
  const timer = setTimeout(() => hanging.abort(), PATIENCE);
  try {
    const response = await fetch(address, { ...options, signal: hanging.signal });
    return [response, await response.text()]; // the network may also go while the answer comes
  } catch {
    throw new Problem(0, hanging.signal.aborted ? SLOW : OFFLINE);
  } finally {
    clearTimeout(timer);
  }
}

async function send(method, path, body, headers) {
  const { token } = session;
  const options = { method, headers: { Accept: 'application/json', ...headers } };
  if (token) options.headers.Authorization = `Token ${token}`;
  if (body !== undefined) {
    options.headers['Content-Type'] = 'application/json';
    options.body = JSON.stringify(body);
  }
  const [response, text] = await fetchText(path.startsWith('/') || path.startsWith('http') ? path : `/api/v1/${path}`, options);
  let data = null;
  try {
    data = text ? JSON.parse(text) : null;
  } catch {
    data = { title: '服务暂时不可用', detail: '服务器没有给出可以识别的回答。请稍后再试。' };
  }
  if (response.ok) return data;
  // Not a late answer to an earlier login: that one is over, the present one is not.
  if (response.status === 401 && token && token === session.token) {
    forget();
    location.hash = `#/login?over=1&next=${encodeURIComponent(location.hash.slice(1) || '/')}`;
  }
  throw new Problem(response.status, data || {});
}

export const get = (path) => send('GET', path);
export const post = (path, body = {}, headers = {}) => send('POST', path, body, headers);
export const del = (path, body) => send('DELETE', path, body);

// Who is logged in, as the server says it now: every page asks here.
export async function getMe() {
  const take = askingForMe();
  const me = await get('me/');
  take(me);
  return me;
}

// The token ends on the server, too; without a network at least this phone forgets it.
export async function logOut() {
  await post('auth/logout/').catch(() => {});
  forget();
  dropDrafts();
}
