// The phones that are logged in, and how to end one that was lost or given away.
import { html } from '../html.js';
import { del, get } from '../api.js';
import { fullDay } from '../words.js';
import { Page, useLoad, shown } from '../parts/page.js';
import { refusal } from '../parts/refusal.js';

const { defineComponent, reactive } = window.Vue;
const { Button, showConfirmDialog } = window.vant;

export default defineComponent({
  setup() {
    const devices = useLoad(() => get('auth/devices/'));
    const ending = reactive({ id: '', problem: null });
    async function end(device) {
      const sure = await showConfirmDialog({ title: '下线这台设备', message: `“${name(device)}”再次使用时，需要重新登录。`, confirmButtonText: '下线' })
        .then(() => true, () => false);
      if (!sure) return;
      Object.assign(ending, { id: device.id, problem: null });
      try {
        await del(`auth/devices/${device.id}/`);
        await devices.load();
      } catch (problem) {
        ending.problem = problem;
      } finally {
        ending.id = '';
      }
    }
    const name = (device) => device.device_name || '未命名设备';
    const row = (device) => html`
      <div class="entry" key=${device.id}><div><b>${name(device)}${device.current ? '（本机）' : ''}</b>
        <span class="muted">${fullDay(device.created)} 登录</span></div>
        ${!device.current && html`<${Button} size="small" plain loading=${ending.id === device.id} disabled=${Boolean(ending.id)} onClick=${() => end(device)}>下线<//>`}</div>`;
    return () => html`
      <${Page} title="已登录的设备">
        ${refusal(ending.problem)}
        ${shown(devices, (list) => html`<section class="card entries">${list.map(row)}</section>`)}
      <//>`;
  },
});
