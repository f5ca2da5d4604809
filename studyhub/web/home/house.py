"""The sheet of all components: shown in development only."""

from datetime import date, time

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from wtforms import (
    BooleanField,
    FileField,
    Form,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from studyhub.web.fields import NOT_A_DAY, DayField, TimeField
from studyhub.web.guard import public

house = Blueprint("house", __name__, url_prefix="/house")


class SampleForm(Form):
    """One field of each kind; its words are Vietnamese samples, not messages."""

    mail = StringField("Thư điện tử")
    born = DayField("Ngày sinh")
    cell = SelectField("Chi bộ", choices={"it": "Công nghệ thông tin", "office": "Văn phòng Sở"})
    closes_on = DayField("Hạn nộp")
    closes_at = TimeField("Giờ")
    remark = TextAreaField("Nhận xét chung", [InputRequired()])
    result = RadioField(
        "Kết luận", choices={"accepted": "Đạt", "returned": "Cần bổ sung"}, default="accepted"
    )
    late = BooleanField("Cho phép nộp muộn")
    file = FileField("Văn bản học tập")


@house.get("/components")
@public
def components() -> ResponseReturnValue:
    """Every component in every state."""
    form = SampleForm(
        mail="hanh.nt@example.vn",
        closes_on=date(2021, 12, 10),
        closes_at=time(17),
        remark="Liên hệ cụ thể, đã tiếp thu góp ý lần 1.",
    )
    form.born.raw_data, form.born.errors = ["5-9-1968x"], [NOT_A_DAY]
    return render_template("house/components.html", form=form)
