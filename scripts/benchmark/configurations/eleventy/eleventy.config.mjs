export default function (config) {
  config.addGlobalData("layout", "page.njk");
  return { dir: { input: "docs", includes: "../_includes", output: "_site" }, markdownTemplateEngine: false };
}
