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

async function send(method, path, body, headers) {
  const { token } = session;
  const options = { method, headers: { Accept: 'application/json', ...headers } };
  if (token) options.headers.Authorization = `Token ${token}`;
  if (body !== undefined) {
    options.headers['Content-Type'] = 'application/json';
    options.body = JSON.stringify(body);
  }
  let response;
  let text;
  try {
    response = await fetch(path.startsWith('/') || path.startsWith('http') ? path : `/api/v1/${path}`, options);
    text = await response.text(); // the network may go while it comes
  } catch {
    throw new Problem(0, OFFLINE);
  }
  let data = null;
  try {
    data = text ? JSON.parse(text) : null;
  } catch {
    data = { title: '服务暂时不可用', detail: '服务器没有给出可以识别的回答。请稍后再试。' };
  }
  if (response.ok) return data;
  // The answer to an earlier login's question says nothing about this one.
  if (response.status === 401 && token && token === session.token) {
    forget();
    location.hash = '#/login';
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
