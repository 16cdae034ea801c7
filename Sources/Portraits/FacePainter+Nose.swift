extension FacePainter {
    func paintNose(on canvas: inout Canvas, mask: Mask) {
        let width = face.noseWidth
        for side in [Float(-1), 1] {
            canvas.dab(
                pose.ellipse(side * width * 0.98, noseBase - 0.035, 0.035, 0.062, slope: 0.25 * side, lift: 0.04), shade(0.85),
                opacity: 0.55, blend: .multiply, clip: mask)
            canvas.dab(
                pose.ellipse(side * width * 0.50, noseBase + 0.004, width * 0.30, 0.024, slope: -0.2 * side, lift: 0.09, core: 0.15),
                shade(1.25), opacity: 0.85, blend: .multiply, clip: mask)
        }
        canvas.dab(
            pose.ellipse(0, noseBase + 0.03, width * 0.95, 0.035, lift: 0.05), shade(0.8), opacity: 0.5, blend: .multiply, clip: mask)
    }

    /// Heights of nose, brows, sockets, cheeks, lips and chin, from the athlete's proportions.
    func shape(_ relief: inout Relief) {
        let eye = FacePainter.eyeLine, smile = sitting.expression.smile
        let bridge = face.noseBridge
        for side in [Float(-1), 1] {
            relief.add(pose.ellipse(side * 0.27, eye - face.browHeight - 0.02, 0.30, 0.13), height: 0.028 * bridge)
            relief.add(pose.ellipse(side * face.eyeDistance, eye, 0.27, 0.19), height: -0.045)
            relief.add(pose.ellipse(side * 0.125, eye - 0.03, 0.1, 0.13), height: -0.035)
            relief.add(pose.ellipse(side * face.noseWidth * 0.70, noseBase - 0.04, face.noseWidth * 0.6, 0.085, lift: 0.05), height: 0.045)
            relief.add(pose.ellipse(side * 0.46, 0.2 - 0.03 * smile, 0.27, 0.2), height: 0.036 * face.cheekbone + 0.018 * max(0, smile))
            relief.add(pose.ellipse(side * 0.47, 0.55, 0.2, 0.2), height: -0.013 * face.cheekbone)
            relief.add(
                pose.ellipse(side * (face.noseWidth + 0.13), noseBase + 0.07, 0.05, 0.17, slope: -0.62 * side),
                height: -0.012 - 0.012 * max(0, smile))
        }
        // The bridge, its lower half, and the ball of the tip.
        relief.add(
            pose.ellipse(0, eye + face.noseLength * 0.42, 0.125, face.noseLength * 0.78, lift: 0.06), height: 0.055 * (0.4 + 0.6 * bridge))
        relief.add(pose.ellipse(0, eye + face.noseLength * 0.72, 0.15, face.noseLength * 0.46, lift: 0.09), height: 0.045)
        relief.add(pose.ellipse(0, noseBase - 0.07, face.noseWidth, 0.13, lift: 0.12), height: 0.05)
        relief.add(pose.ellipse(0, mouthLine, 0.36, 0.25), height: 0.05)
        relief.add(pose.ellipse(0, mouthLine - 0.035, face.mouthWidth * 0.8, 0.05), height: 0.012)
        relief.add(pose.ellipse(0, mouthLine + 0.055, face.mouthWidth * 0.72, 0.07), height: 0.02 + face.lowerLip * 0.1)
        relief.add(pose.ellipse(0, mouthLine + 0.17, 0.2, 0.08), height: -0.02)
        relief.add(pose.ellipse(0, chin - 0.12, face.chin + 0.06, 0.16), height: 0.034)
        relief.add(pose.ellipse(0, -0.58, 0.45, 0.3), height: 0.03)
    }
}
