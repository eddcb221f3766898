// Pictures made by the browser itself, so that no test needs a camera.

/** A JPEG drawn by the browser, as heavy as a camera's. */
export async function jpeg(page, width, height) {
  const base64 = await page.evaluate(async ([width, height]) => {
    const canvas = new OffscreenCanvas(width, height);
    const pen = canvas.getContext('2d');
    for (let at = 0; at < 60; at += 1) {
      pen.fillStyle = `hsl(${at * 6} 70% 50%)`;
      pen.fillRect((at % 10) * width / 10, Math.floor(at / 10) * height / 6, width / 10, height / 6);
    }
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  }, [width, height]);
  return Buffer.from(base64, 'base64');
}
