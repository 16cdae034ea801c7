// Turns a picture as the server turned it, where a browser would not: EXIF in WebP, orientations of odd types.

/** The canvas transform for each EXIF orientation (CIPA DC-008, tag 0x0112), for a picture of `w` x `h` stored pixels. */
const TRANSFORMS = {
  2: (w) => [-1, 0, 0, 1, w, 0],
  3: (w, h) => [-1, 0, 0, -1, w, h],
  4: (w, h) => [1, 0, 0, -1, 0, h],
  5: () => [0, 1, 1, 0, 0, 0],
  6: (w, h) => [0, 1, -1, 0, h, 0],
  7: (w, h) => [0, -1, -1, 0, h, w],
  8: (w) => [0, -1, 1, 0, 0, w],
};

/** Whether the browser shows the picture turned already: its sides tell, or else that browsers turn JPEG. */
async function isTurned(picture, file, { orientation, image }) {
  await picture.decode().catch(() => {});
  const { naturalWidth: width, naturalHeight: height } = picture;
  if (orientation >= 5 && image.width !== image.height) return width * image.height === height * image.width;
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  return first === 0xff && second === 0xd8;
}

/** Shows the file in `picture` as the answer's `orientation` turned it; leaves it alone where the answer names none. */
export async function turn(picture, file, answer) {
  const { orientation } = answer;
  if (orientation === undefined) return;
  if (orientation === 1 || !TRANSFORMS[orientation]) {
    picture.style.imageOrientation = "none";
    return;
  }
  if (await isTurned(picture, file, answer)) return;
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "none" });
  } catch {
    return;
  }
  const { width, height } = bitmap;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = orientation >= 5 ? [height, width] : [width, height];
  const context = canvas.getContext("2d");
  context.setTransform(...TRANSFORMS[orientation](width, height));
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
  if (!blob) return;
  const before = picture.src;
  picture.src = URL.createObjectURL(blob);
  await picture.decode().catch(() => {});
  URL.revokeObjectURL(before);
}
