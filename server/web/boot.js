// Before the first paint: the colours that were chosen, and the language.
{
  const read = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const theme = read("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  if (read("lang") === "en") document.documentElement.lang = "en";
}
