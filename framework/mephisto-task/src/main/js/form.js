/** Form data as an object, and back into the multipart body that the server reads. */

/** The last value of each name; a file becomes {lastModified, name, size, type}, an empty file field {}. */
export function formObject(form) {
  const object = {};
  form.forEach((value, name) => {
    object[name] = value instanceof File ? fileFacts(value) : value;
  });
  return object;
}

/** The files that were really chosen, as [[field, File]]; null where there are none. */
export function formFiles(form) {
  const files = [];
  form.forEach((value, name) => {
    if (value instanceof File && (value.name !== "" || value.size > 0)) {
      files.push([name, value]);
    }
  });
  return files.length > 0 ? files : null;
}

/** Text fields first, so that the server knows whose files follow. */
export function multipart(fields, files) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    form.append(name, value);
  }
  for (const [name, file] of files ?? []) {
    form.append(name, file, file.name);
  }
  return form;
}

function fileFacts(file) {
  if (file.size === 0 && file.name === "") {
    return {};
  }
  return { lastModified: file.lastModified, name: file.name, size: file.size, type: file.type };
}
