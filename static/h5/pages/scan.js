// Scan: by camera where the page is secure, by picture always. Every result is a full-screen answer (F13).
import { html } from '../html.js';
import { post } from '../api.js';
import { randomId } from '../session.js';
import { Page } from '../parts/page.js';
import { Answer } from '../parts/answer.js';
import { NotLoaded, prepare, read, readFile } from '../scanner.js';

const { defineComponent, onBeforeUnmount, onMounted, reactive, ref } = window.Vue;
const { Loading } = window.vant;

const LOST = '扫码组件没有加载出来。请检查网络后重试。';
// A scan whose answer was lost is sent again under its first key, and the server returns the first result.
let unanswered = { code: '', key: '' };

export default defineComponent({
  setup() {
    const video = ref(null);
    const state = reactive({ camera: 'starting', answer: null, busy: '', note: '' });
    let stream = null;
    let timer = 0;
    let round = 0;

    // Also ends what still waits for the camera: the page was left, or a picture was sent meanwhile.
    function stop() {
      round += 1;
      clearTimeout(timer);
      if (stream) stream.getTracks().forEach((track) => track.stop());
      stream = null;
    }

    async function start() {
      stop();
      const mine = round;
      state.camera = 'starting';
      state.answer = null;
      state.note = '';
      if (!window.isSecureContext || !navigator.mediaDevices) {
        state.camera = 'insecure';
        return;
      }
      try {
        const opened = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
        if (mine !== round) {
          opened.getTracks().forEach((track) => track.stop());
          return;
        }
        stream = opened;
        video.value.srcObject = stream;
        await video.value.play();
        if (mine !== round) return;
        state.camera = 'on';
        look();
      } catch {
        if (mine !== round) return;
        stop();
        state.camera = 'refused';
      }
    }

    async function look() {
      if (!stream) return;
      try {
        const text = state.busy ? '' : await read(video.value);
        if (text && stream && !state.busy) { // neither left nor a picture chosen meanwhile
          await send(text);
          return;
        }
      } catch {
        state.note = LOST;
      }
      timer = setTimeout(look, 250);
    }

    async function send(code) {
      stop();
      state.busy = '正在签到';
      if (unanswered.code !== code) unanswered = { code, key: randomId() };
      try {
        state.answer = await post('check-ins/', { code }, { 'Idempotency-Key': unanswered.key });
        unanswered = { code: '', key: '' };
      } catch (problem) {
        if (problem.body.next) unanswered = { code: '', key: '' };
        state.answer = { ...problem.body, title: problem.title, detail: problem.message, result: problem.code };
      } finally {
        state.busy = '';
        state.camera = 'off';
      }
    }

    async function pick(event) {
      const [file] = event.target.files;
      event.target.value = '';
      if (!file) return;
      state.busy = '正在识别'; // the reader may still have to come
      state.note = '';
      try {
        const text = await readFile(file);
        if (text) await send(text);
        else state.note = '这张图片里没有找到签到码。请换一张清晰、完整的截图再试。';
      } catch (error) {
        state.note = error instanceof NotLoaded ? LOST : '这张图片无法识别。请选择 JPG 或 PNG 格式的截图。';
      } finally {
        state.busy = '';
      }
    }

    onMounted(() => { prepare().catch(() => {}); start(); });
    onBeforeUnmount(stop);

    const CAMERA = {
      insecure: '当前网址不是安全连接（HTTPS），浏览器不允许使用摄像头。请点下面的“从相册识别”。',
      refused: '没有摄像头权限。请在手机设置中允许浏览器使用摄像头，或点下面的“从相册识别”。',
      starting: '正在打开摄像头',
    };
    return () => {
      if (state.answer) return html`<${Answer} answer=${state.answer} onAgain=${start} />`;
      return html`
        <${Page} title="扫码签到">
          <div class="viewfinder">
            <video ref=${video} playsinline muted class=${state.camera === 'on' ? '' : 'hidden'}></video>
            ${state.camera === 'on' ? html`<i class="frame"></i>` : !state.busy && html`<p>${CAMERA[state.camera]}</p>`}
            ${state.busy && html`<${Loading} class="busy" vertical color="#fff">${state.busy}<//>`}
          </div>
          <p class="muted note">请对准组织者出示的签到码。</p>
          ${state.note && html`<div class="refusal" role="alert">${state.note}</div>`}
          <div class="buttons">
            <label class="pick van-button van-button--primary van-button--block van-button--round">从相册识别
              <input type="file" accept="image/*" onChange=${pick} disabled=${Boolean(state.busy)} /></label>
          </div>
        <//>`;
    };
  },
});
