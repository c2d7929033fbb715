// Who is logged in on this device. The device's id outlives a logout: one device checks in one member per meeting.
const { reactive } = window.Vue;

function load(key) {
  try {
    return localStorage.getItem(`sanjin.${key}`) || '';
  } catch {
    return ''; // a browser may forbid storage; then the login lasts as long as the page
  }
}

function keep(key, value) {
  try {
    if (value) localStorage.setItem(`sanjin.${key}`, value);
    else localStorage.removeItem(`sanjin.${key}`);
  } catch {
    // see load
  }
}

function deviceId() {
  const known = load('device');
  if (known) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const fresh = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  keep('device', fresh);
  return fresh;
}

export const session = reactive({
  token: load('token'),
  device: deviceId(),
  me: null,
  unread: 0,
  consents: [], // documents that the member has not yet agreed to
  size: load('size') || 'standard',
});

export function remember(answer) {
  session.token = answer.token;
  session.me = answer.member;
  session.consents = answer.consents_due || [];
  keep('token', answer.token);
}

export function forget() {
  session.token = '';
  session.me = null;
  session.consents = [];
  keep('token', '');
}

export function setSize(size) {
  session.size = size;
  keep('size', size);
  document.documentElement.dataset.size = size;
}

document.documentElement.dataset.size = session.size;
