package org.chargebridge.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chargebridge.Patience;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real browser, Chromium without a window, and somebody who looks at the gateway's pages with it. */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Patience.LONG;
    private static final List<Path> CHROMIUM = List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/google-chrome"));
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private final ChromeDriver driver;
    private final URI home;

    /** Where a browser with its driver is installed; empty elsewhere. */
    public static Optional<Path> installed() {
        return Files.isExecutable(DRIVER)
                ? CHROMIUM.stream().filter(Files::isExecutable).findFirst()
                : Optional.empty();
    }

    public Browser(URI home, String language) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(installed().orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--hide-scrollbars",
                "--window-size=1280,900",
                "--lang=" + language);
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
        this.driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        this.home = home;
    }

    Browser login(String user, String password) {
        open("/login");
        type("username", user);
        type("password", password);
        press("#content button[type=submit]");
        return this;
    }

    public void open(String path) {
        driver.get(home.resolve(path).toString());
    }

    /** With HTTP Basic, which the browser remembers. */
    void openAs(String user, String password, String path) {
        URI target = home.resolve(path);
        driver.get(
                "http://" + user + ":" + password.replace(" ", "%20") + "@" + target.getAuthority() + target.getPath());
    }

    /** With the button of the browser. */
    void back() {
        driver.navigate().back();
        new WebDriverWait(driver, PATIENCE)
                .ignoring(WebDriverException.class)
                .until(shown -> driver.executeScript("return document.readyState === 'complete' || null"));
    }

    /** Clicks on something that changes this page. */
    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    String path() {
        return URI.create(driver.getCurrentUrl()).getPath();
    }

    /** With all that stands in it. */
    String url() {
        return driver.getCurrentUrl();
    }

    /** Types into a field, as with a keyboard; a line feed sends the form. */
    void keys(String name, String text) {
        typing(driver.findElement(By.cssSelector("#content [name=" + name + "]")), text);
    }

    /** Types where the focus is. */
    void keysOnFocus(String text) {
        typing(driver.switchTo().activeElement(), text);
    }

    private void typing(WebElement field, String text) {
        markPage();
        field.sendKeys(text.replace("\n", Keys.ENTER));
        if (text.endsWith("\n")) {
            awaitNextPage();
        }
    }

    /** Presses the tabulator until the focus is at what has that name, or that selector finds. */
    void tabTo(String wanted) {
        for (int pressed = 0; pressed < 60; pressed++) {
            driver.switchTo().activeElement().sendKeys(Keys.TAB);
            WebElement now = driver.switchTo().activeElement();
            if (wanted.equals(now.getDomAttribute("name"))
                    || wanted.contains(".")
                            && driver.findElements(By.cssSelector(wanted)).contains(now)) {
                return;
            }
        }
        throw new AssertionError("The keyboard does not reach " + wanted + ".");
    }

    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    String title() {
        return driver.getTitle();
    }

    void type(String name, String text) {
        WebElement field = driver.findElement(By.cssSelector("#content [name=" + name + "]"));
        field.clear();
        field.sendKeys(text);
    }

    void choose(String name, Path file) {
        driver.findElement(By.cssSelector("#content [name=" + name + "]"))
                .sendKeys(file.toAbsolutePath().toString());
    }

    /** Presses what a selector finds first, and waits for the page that follows. */
    void press(String selector) {
        markPage();
        // A table that renews itself may take what was found away before it is pressed.
        new WebDriverWait(driver, PATIENCE)
                .ignoring(StaleElementReferenceException.class)
                .until(shown -> {
                    driver.findElement(By.cssSelector(selector)).click();
                    return true;
                });
        awaitNextPage();
    }

    private void markPage() {
        driver.executeScript("window.leaving = true");
    }

    /** Waits for a page without the mark. While one page gives way to the next, neither can be asked. */
    private void awaitNextPage() {
        new WebDriverWait(driver, PATIENCE)
                .ignoring(WebDriverException.class)
                .until(shown ->
                        driver.executeScript("return !window.leaving && document.readyState === 'complete' || null"));
    }

    boolean has(String selector) {
        return !driver.findElements(By.cssSelector(selector)).isEmpty();
    }

    /** The paths that links lead to, read at one moment, since tables renew themselves. */
    @SuppressWarnings("unchecked")
    List<String> links(String selector) {
        return (List<String>) driver.executeScript(
                "return [...document.querySelectorAll(arguments[0])].map(link => new URL(link.href).pathname)",
                selector);
    }

    void await(String selector) {
        new WebDriverWait(driver, PATIENCE).until(shown -> has(selector));
    }

    /** Presses what bears these words as soon as it is there, on a page that draws itself. */
    public void pressWords(String words) {
        pressDrawn("//*[self::a or self::button or self::span][normalize-space(text())='" + words + "']");
    }

    /** Presses what a path of XPath finds first as soon as it can be pressed. */
    public void pressDrawn(String path) {
        new WebDriverWait(driver, PATIENCE).ignoring(WebDriverException.class).until(shown -> {
            driver.findElement(By.xpath(path)).click();
            return true;
        });
    }

    public void awaitWords(String words) {
        new WebDriverWait(driver, PATIENCE).ignoring(WebDriverException.class).until(shown -> text().contains(words));
    }

    /** Reloads until the page says something. */
    void awaitText(String path, String text) {
        new WebDriverWait(driver, PATIENCE).until(shown -> {
            open(path);
            return text().contains(text);
        });
    }

    void width(int pixels) {
        driver.manage().window().setSize(new Dimension(pixels, 900));
    }

    /** Whether something is wider than the window, or a table of lines than the place that it has. */
    boolean scrollsSideways() {
        return Boolean.TRUE.equals(driver.executeScript("const wide = shown => shown.scrollWidth > shown.clientWidth;"
                + "return wide(document.documentElement)"
                + " || [...document.querySelectorAll('.stack')].some(table => wide(table.parentElement))"));
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    /** What axe calls more than minor, each with the element. */
    @SuppressWarnings("unchecked")
    List<String> inaccessible() {
        try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
            driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return (List<String>) driver.executeAsyncScript("const done = arguments[arguments.length - 1];"
                + "axe.run().then(found => done(found.violations"
                + ".filter(v => v.impact !== 'minor')"
                + ".flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200)))))"
                + ".catch(e => done([String(e)]))");
    }

    /** Complaints of the browser, such as something that the content policy kept out. */
    public List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** Keeps a picture of the whole page in {@code target/screenshots}. */
    public void picture(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            long height = Math.min(2_000, (Long) run("return document.documentElement.scrollHeight") + 1);
            Dimension before = driver.manage().window().getSize();
            driver.manage().window().setSize(new Dimension(before.getWidth(), (int) Math.max(700, height)));
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
            driver.manage().window().setSize(before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
