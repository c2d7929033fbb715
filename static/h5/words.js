// Dates, points and device names in words.
const WEEK = ['日', '一', '二', '三', '四', '五', '六'];
const pad = (number) => String(number).padStart(2, '0');

// All times are shown in Shanghai's, whatever the phone's own zone: the UTC fields of what this returns are Shanghai's.
const shanghai = (value) => new Date(new Date(value).getTime() + 8 * 3600e3);

export const thisYear = () => shanghai(Date.now()).getUTCFullYear();

// What an input of type datetime-local holds is Shanghai's wall clock; `moment` makes it the point in time that is sent.
export const wholeHour = (hours) => `${shanghai(Date.now() + hours * 3600e3).toISOString().slice(0, 13)}:00`;
export const moment = (wall) => (wall ? `${wall}:00+08:00` : '');

export function day(value) {
  if (!value) return '';
  const date = shanghai(value.length === 10 ? `${value}T00:00:00+08:00` : value);
  return `${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
}

export function fullDay(value) {
  const date = shanghai(value);
  return `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
}

export const today = () => {
  const date = shanghai(Date.now());
  return `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日 星期${WEEK[date.getUTCDay()]}`;
};

export function clock(value) {
  if (!value) return '';
  const date = shanghai(value);
  return `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`;
}

export function span(start, end) {
  const now = shanghai(Date.now());
  const date = shanghai(start);
  const same = now.toISOString().slice(0, 10) === date.toISOString().slice(0, 10);
  return `${same ? '今天' : day(start)} ${clock(start)}–${day(start) === day(end) ? '' : `${day(end)} `}${clock(end)}`;
}

export function signed(points) {
  const number = Number(points);
  if (number > 0) return `+${trim(points)}`;
  return number < 0 ? trim(points) : '0';
}

export function trim(points) {
  const number = Number(points || 0);
  return number.toLocaleString('zh-CN', { maximumFractionDigits: 2 });
}

// Totals of organisations: two decimals, thousands set apart.
export const amount = (points) => Number(points || 0).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function deviceName() {
  const agent = navigator.userAgent;
  if (/iPhone|iPad/.test(agent)) return 'iPhone / iPad';
  const android = agent.match(/Android [\d.]+; ([^;)]+)/);
  if (android) return android[1].trim().slice(0, 40);
  if (/Windows/.test(agent)) return 'Windows 电脑';
  return /Mac OS/.test(agent) ? 'Mac 电脑' : '浏览器';
}
