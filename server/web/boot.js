// Before the first paint: the colours that were chosen or that the device has, and the language.
{
  const read = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const root = document.documentElement;
  const device = matchMedia("(prefers-color-scheme: dark)");
  // theme.js is told what people choose: it sets data-chosen and says "theme".
  const paint = () => {
    const chosen = root.dataset.chosen ?? read("theme");
    const isChosen = chosen === "light" || chosen === "dark";
    root.dataset.theme = isChosen ? chosen : device.matches ? "dark" : "light";
  };
  device.addEventListener("change", paint);
  addEventListener("theme", paint);
  paint();
  if (read("lang") === "en") root.lang = "en";
}
