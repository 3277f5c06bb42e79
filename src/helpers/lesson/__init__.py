"""What a class sees: numbers → a picture with its sentence, questions that check themselves, sliders in JupyterLab.

scenes     numbers → chart: the model computes, the sentence says it, the chart draws it
shop       the four numbers of a shop      spoken   what each picture that is played says
dealing    dealt chance, the same for a seed everywhere · beforehand   what years of days come to, computed once
questions  the questions of the lesson, their right answers computed by the model
asked      a question as HTML that answers by itself, without a script
widgets    a scene with sliders of JupyterLab, each step computed by Python; what is closed until it is asked for

The sliders of a page without a kernel are in the charts (helpers.charts.live): same names, same ranges, same sentences.
"""

from helpers.lesson import questions, scenes
from helpers.lesson.asked import answers, html, your_shop
from helpers.lesson.shop import Shop
from helpers.lesson.widgets import closed, moved

__all__ = ["Shop", "answers", "closed", "html", "moved", "questions", "scenes", "your_shop"]
