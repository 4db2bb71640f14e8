// What `with { type: "text" }` imports: the file's text.
declare module "*.aiml" {
  const text: string;
  export = text;
}
declare module "*.set" {
  const text: string;
  export = text;
}
declare module "*.map" {
  const text: string;
  export = text;
}
declare module "*.substitution" {
  const text: string;
  export = text;
}
declare module "*.properties" {
  const text: string;
  export = text;
}
