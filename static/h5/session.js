// Who is logged in on this device. The device's id outlives a logout: one device checks in one member per meeting.
const { reactive } = window.Vue;

function load(key) {
  try {
    return localStorage.getItem(`sanjin.${key}`) || '';
  } catch {
    return ''; // a browser may forbid storage; then login and drafts last as long as the page
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

// What is being written and not yet sent, by place. It outlives a closed page, not a logout: phones are shared.
const DRAFT = 'draft.';
export const draft = (place) => load(DRAFT + place);
export const keepDraft = (place, text) => keep(DRAFT + place, text);

export function dropDrafts() {
  try {
    const drafts = Object.keys(localStorage).filter((key) => key.startsWith(`sanjin.${DRAFT}`));
    for (const key of drafts) localStorage.removeItem(key);
  } catch {
    // see load
  }
}

// crypto.randomUUID would need a secure page.
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function deviceId() {
  const known = load('device');
  if (known) return known;
  const fresh = randomId();
  keep('device', fresh);
  return fresh;
}

export const session = reactive({
  token: load('token'),
  device: deviceId(),
  me: null,
  consents: [], // documents that the member has not yet agreed to
  size: load('size') || 'standard',
});

// Answers of me/ come late: one that was asked before the newest change (a login, a logout, a consent, a later answer)
// would undo it. Each question and each change has a number; an answer older than the last that was taken is dropped.
let asked = 0;
let taken = 0;

const changed = () => { taken = ++asked; };

export function askingForMe() {
  const number = ++asked;
  return (me) => {
    if (number < taken) return;
    taken = number;
    session.me = me;
    session.consents = me.consents_due;
  };
}

export function agreed(document) {
  changed();
  session.consents = session.consents.filter((due) => due.id !== document.id);
}

export function remember(answer) {
  changed();
  // A token may be over while its owner writes: the draft waits for that person, and goes when somebody else logs in.
  if (load('member') !== answer.member.id) dropDrafts();
  keep('member', answer.member.id);
  session.token = answer.token;
  session.me = answer.member;
  session.consents = answer.consents_due || [];
  keep('token', answer.token);
}

export function forget() {
  changed();
  if (load('token') === session.token) keep('token', ''); // another tab may have logged in again
  session.token = '';
  session.me = null;
  session.consents = [];
}

export function setSize(size) {
  session.size = size;
  keep('size', size);
  document.documentElement.dataset.size = size;
}

document.documentElement.dataset.size = session.size;
