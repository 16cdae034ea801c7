// The dialog that takes a photo with the visitor's camera.
const element = (id) => document.getElementById(id);

const MESSAGES = {
  NotAllowedError: "The camera may not be used. Allow it in the browser's address bar, or choose a photo instead.",
  NotFoundError: "No camera was found. Choose a photo instead.",
  NotReadableError: "The camera is in use by another program.",
};

export class Camera {
  static get isPossible() {
    return Boolean(navigator.mediaDevices?.getUserMedia) && typeof HTMLDialogElement === "function";
  }

  constructor(onPhoto) {
    this.onPhoto = onPhoto;
    this.dialog = element("camera");
    this.video = element("video");
    element("shoot").addEventListener("click", () => this.shoot());
    element("camera-close").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.stop());
  }

  async open() {
    element("shoot").disabled = true;
    element("camera-message").textContent = "Starting the camera…";
    this.dialog.showModal();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false, video: { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 960 } },
      });
      if (!this.dialog.open) {
        stream.getTracks().forEach((track) => track.stop());
        return;
      }
      this.stream = stream;
      this.video.srcObject = stream;
      await this.video.play();
      element("camera-message").textContent = "Look into the camera.";
      element("shoot").disabled = false;
      element("shoot").focus();
    } catch (error) {
      element("camera-message").textContent = MESSAGES[error.name] ?? "The camera could not be started. Choose a photo instead.";
    }
  }

  /** The picture as it is, not mirrored as it is shown. */
  shoot() {
    if (!this.video.videoWidth) return;
    const canvas = document.createElement("canvas");
    canvas.width = this.video.videoWidth;
    canvas.height = this.video.videoHeight;
    canvas.getContext("2d").drawImage(this.video, 0, 0);
    canvas.toBlob((blob) => {
      this.dialog.close();
      if (blob) this.onPhoto(blob);
    }, "image/jpeg", 0.92);
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
  }
}
