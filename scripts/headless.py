"""A headless Chromium for the scripts that look at the page. Needs chromium, chromedriver and `pip install selenium`."""
import os
import sys
import time

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
except ImportError as error:
    sys.exit(f"{os.path.basename(sys.argv[0])}: {error.name} is missing: pip install axe-selenium-python")

READY = "return document.documentElement.dataset.ready === 'true'"
SETTLED = "return document.querySelectorAll('.card').length >= {} && !document.querySelector('[data-state=waiting]')"


def browser(width, height, is_dark=False, scale=1, script=""):
    """A browser whose window is so many pixels of CSS wide and high, a phone's below 600; `script` runs before each page's own."""
    options = Options()
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver") if os.path.exists("/usr/bin/chromedriver") else None)
    driver.set_script_timeout(120)
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
        {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}, {"name": "prefers-reduced-motion", "value": "reduce"}]})
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
    return driver


def wait(driver, script, pause=0.1):
    """Until the script's value is true, a minute at most, looking again after so many seconds."""
    end = time.time() + 60
    while not driver.execute_script(script):
        if time.time() > end: sys.exit(f"{os.path.basename(sys.argv[0])}: never true: {script}")
        time.sleep(pause)


def choose(driver, files):
    """Gives the page photos, and waits for all answers."""
    before = driver.execute_script("return document.querySelectorAll('.card').length")
    driver.execute_script("document.querySelector('#file').hidden = false")
    driver.find_element(By.ID, "file").send_keys("\n".join(files))
    driver.execute_script("document.querySelector('#file').hidden = true")
    wait(driver, SETTLED.format(before + len(files)))
