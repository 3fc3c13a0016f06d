// All pictures of a page grow with the slider and scroll together, as they have the same scale.
"use strict";

const slider = document.querySelector(".zoom input");
const pictures = document.querySelectorAll(".zoomable");

slider.addEventListener("input", () => {
  document.documentElement.style.setProperty("--zoom", slider.value);
});

for (const picture of pictures)
  picture.addEventListener("scroll", () => {
    for (const other of pictures) if (other.scrollLeft !== picture.scrollLeft) other.scrollLeft = picture.scrollLeft;
  });
