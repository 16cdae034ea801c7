// What the server does not take, the browser may still be able to open: it then makes a JPEG of it.
const LONGEST_SIDE = 4096;

export function isHEIC(file, format) {
  return format === "HEIC" || /image\/hei[cf]/.test(file.type) || /\.hei[cf]$/i.test(file.name ?? "");
}

/** A JPEG of the picture, upright and within the limits, or null where this browser cannot open it either. */
export async function reencode(file, limits) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return null;
  }
  const pixels = limits?.pixels ?? Infinity;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height), Math.sqrt(pixels / (bitmap.width * bitmap.height)));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.floor(bitmap.width * scale));
  canvas.height = Math.max(1, Math.floor(bitmap.height * scale));
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
  return blob && blob.size <= (limits?.bytes ?? Infinity) ? blob : null;
}
