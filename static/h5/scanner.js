// Reading a QR code: the browser's own detector where it has one, else zxing as WebAssembly, loaded when first needed.
// Everything comes from our own host.
let reader;

// The reader itself couldn't be loaded: not the picture is to blame, and the next try may succeed.
export class NotLoaded extends Error {}

function script(source) {
  return new Promise((resolve, reject) => {
    const tag = document.createElement('script');
    tag.src = source;
    tag.onload = resolve;
    tag.onerror = reject;
    document.head.append(tag);
  });
}

async function build() {
  const formats = ['qr_code'];
  if ('BarcodeDetector' in window) {
    const known = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
    if (known.includes('qr_code')) return new window.BarcodeDetector({ formats });
  }
  const place = document.getElementById('app').dataset;
  if (!window.BarcodeDetectionAPI) await script(place.scanner);
  const { BarcodeDetector, prepareZXingModule } = window.BarcodeDetectionAPI;
  // Without this the library would ask a CDN for its wasm file. Loaded at once, so that a failure is known as one.
  await prepareZXingModule({ overrides: { locateFile: () => place.wasm }, fireImmediately: true });
  return new BarcodeDetector({ formats });
}

export function prepare() {
  reader = reader || build().catch(() => {
    reader = null;
    throw new NotLoaded();
  });
  return reader;
}

// The text of the first code in a picture (a video frame, an image, a bitmap), or ''.
export async function read(source) {
  const found = await (await prepare()).detect(source);
  return found.length ? found[0].rawValue : '';
}

// A chosen picture; large photos are drawn smaller first, some phones can't decode them whole.
export async function readFile(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, 1600 / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return read(canvas);
}
