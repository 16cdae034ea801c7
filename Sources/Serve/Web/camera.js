// The dialog that takes a photo with the visitor's camera.
const element = (id) => document.getElementById(id);

const MESSAGES = {
  NotAllowedError: "The camera may not be used. Allow it in the browser's address bar, or choose a photo instead.",
  NotFoundError: "No camera was found. Choose a photo instead.",
  NotReadableError: "The camera is in use by another program.",
};

export class Camera {
  constructor(onPhoto) {
    this.onPhoto = onPhoto;
    this.dialog = element("camera");
    this.video = element("video");
    this.facing = "user";
    element("shoot").addEventListener("click", () => this.shoot());
    element("camera-turn").addEventListener("click", () => this.turn());
    element("camera-close").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.stop());
  }

  async open() {
    this.dialog.showModal();
    await this.start();
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === "videoinput");
    element("camera-turn").hidden = cameras.length < 2;
  }

  /** From the camera at the front to the one at the back, or to the front again. */
  async turn() {
    this.facing = this.facing === "user" ? "environment" : "user";
    this.stop();
    await this.start();
  }

  async start() {
    element("shoot").disabled = true;
    element("camera-message").textContent = "Starting the camera…";
    this.video.classList.toggle("mirrored", this.facing === "user");
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false, video: { facingMode: this.facing, width: { ideal: 1280 }, height: { ideal: 960 } },
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
