"""The tutorial's server, for comparison: Flask, OpenCV, PyWavelets and scikit-learn; gunicorn starts it.

    LINEUP_PEER=peer.joblib LINEUP_CASCADES=cascades gunicorn -w 2 -b 127.0.0.1:8000 serve_peer:app

The model file is made by serve_compare.py. One photo a request, as data URL in the form field `image_data`.
"""
import base64
import os

import cv2
import joblib
import numpy as np
import pywt
from flask import Flask, jsonify, request

app = Flask(__name__)
cv2.setNumThreads(1)  # a process for each core does better than threads in each


def cascade(name):
    return cv2.CascadeClassifier(os.path.join(os.environ["LINEUP_CASCADES"], name))


FACES, EYES = cascade("haarcascade_frontalface_default.xml"), cascade("haarcascade_eye.xml")
MODEL = joblib.load(os.environ["LINEUP_PEER"]) if "LINEUP_PEER" in os.environ else None


def crops(image):
    """Every face of a BGR picture in which two eyes are seen."""
    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    for x, y, w, h in FACES.detectMultiScale(gray, 1.3, 5):
        if len(EYES.detectMultiScale(gray[y:y + h, x:x + w])) >= 2:
            yield image[y:y + h, x:x + w]


def features(crop):
    """32 x 32 colours and 32 x 32 wavelet details: 4,096 numbers."""
    gray = np.float32(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)) / 255
    parts = list(pywt.wavedec2(gray, "haar", level=5))
    parts[0] = parts[0] * 0
    details = np.uint8(np.int64(pywt.waverec2(parts, "haar") * 255) & 255)
    small, plane = cv2.resize(crop, (32, 32)), cv2.resize(details, (32, 32))
    return np.concatenate([small.reshape(-1), plane.reshape(-1)]).astype(float)


@app.post("/classify_image")
def classify_image():
    data = base64.b64decode(request.form["image_data"].split(",", 1)[1])
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    model, names = MODEL
    answers = []
    for crop in crops(image):
        row = features(crop).reshape(1, -1)
        answers.append({
            "class": names[int(model.predict(row)[0])],
            "class_probability": np.round(model.predict_proba(row) * 100, 2).tolist()[0],
            "class_dictionary": {name: number for number, name in enumerate(names)},
        })
    return jsonify(answers)
