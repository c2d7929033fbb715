// Dates, points and device names in words.
const WEEK = ['日', '一', '二', '三', '四', '五', '六'];
const pad = (number) => String(number).padStart(2, '0');

// All times are shown in Shanghai's, whatever the phone's own zone.
function shanghai(value) {
  const date = new Date(value);
  return new Date(date.getTime() + (date.getTimezoneOffset() + 480) * 60000);
}

export function day(value) {
  if (!value) return '';
  const date = shanghai(value.length === 10 ? `${value}T00:00:00+08:00` : value);
  return `${date.getMonth() + 1}月${date.getDate()}日`;
}

export function fullDay(value) {
  const date = shanghai(value);
  return `${date.getFullYear()}年${date.getMonth() + 1}月${date.getDate()}日`;
}

export const today = () => {
  const date = shanghai(Date.now());
  return `${date.getFullYear()}年${date.getMonth() + 1}月${date.getDate()}日 星期${WEEK[date.getDay()]}`;
};

export function clock(value) {
  if (!value) return '';
  const date = shanghai(value);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

export function span(start, end) {
  const now = shanghai(Date.now());
  const date = shanghai(start);
  const same = now.toDateString() === date.toDateString();
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
