import { html } from '../html.js';
import { del, get } from '../api.js';
import { fullDay } from '../words.js';
import { Page, useLoad, shown } from '../parts/page.js';

const { defineComponent } = window.Vue;
const { Button } = window.vant;

export default defineComponent({
  setup() {
    const devices = useLoad(() => get('auth/devices/'));
    const end = async (device) => { await del(`auth/devices/${device.id}/`); devices.load(); };
    const row = (device) => html`
      <div class="entry" key=${device.id}><div><b>${device.device_name || '未命名设备'}${device.current ? '（本机）' : ''}</b>
        <span class="muted">${fullDay(device.created)} 登录</span></div>
        ${!device.current && html`<${Button} size="small" plain onClick=${() => end(device)}>下线<//>`}</div>`;
    return () => html`<${Page} title="已登录的设备">${shown(devices, (list) => html`<section class="card entries">${list.map(row)}</section>`)}<//>`;
  },
});
