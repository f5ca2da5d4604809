"""Names, and essays of about 1,000 syllables (6.5 kB): as long as the real ones are on average."""

import random

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh".split()
MIDDLE = "Văn Thị Đức Minh Quang Thanh Hữu Ngọc Xuân Thu Kim Bảo Gia Hải Anh Tuấn Mai Công".split()
GIVEN = (
    "An Bình Chi Dũng Đạt Giang Hà Hạnh Hiếu Hoa Hùng Hương Khánh Lan Linh Long Mai Minh "
    "Nam Nga Ngân Nhung Phúc Phương Quân Quỳnh Sơn Tâm Thảo Thủy Tiến Trang Trung Tú Uyên Vinh"
).split()

SENTENCES = (
    "Qua học tập, tôi nhận thức rõ quan điểm chỉ đạo xuyên suốt là lấy người dân làm trung tâm, "
    "là chủ thể và là người thụ hưởng kết quả.",
    "Bản thân tôi thấy chuyển đổi số không phải là việc của riêng bộ phận kỹ thuật mà là việc "
    "của mỗi cán bộ, đảng viên trong từng khâu công việc hằng ngày.",
    "Ở bộ phận một cửa nơi tôi công tác, hồ sơ trả đúng hạn sáu tháng đầu năm đạt trên chín mươi "
    "lăm phần trăm, nhưng vẫn còn người dân phải đi lại lần thứ hai vì hướng dẫn chưa rõ.",
    "Nguyên nhân trước hết thuộc về chúng tôi: mẫu hướng dẫn viết dài, dùng nhiều chữ của ngành, "
    "người lớn tuổi khó theo.",
    "Trong sinh hoạt chi bộ, tôi đã phát biểu về việc rút ngắn thời gian luân chuyển văn bản giữa "
    "các phòng và được chi bộ đưa vào nghị quyết tháng.",
    "Tôi tự nhận thấy mình còn ngại va chạm, có lúc thấy việc chưa đúng mà chưa mạnh dạn góp ý.",
    "Về tự học, mỗi tuần tôi dành hai buổi tối đọc tài liệu, ghi chép lại những điểm liên quan "
    "trực tiếp đến nhiệm vụ được giao.",
    "Nghị quyết yêu cầu mỗi cấp ủy phải có chương trình hành động cụ thể, có chỉ tiêu đo được, có "
    "người chịu trách nhiệm và có thời hạn hoàn thành.",
    "Tôi đề nghị cấp ủy rà soát lại các biểu mẫu báo cáo đang trùng nhau để cơ sở bớt thời gian "
    "nhập liệu, dành thời gian xuống địa bàn.",
    "Đối với tổ dân phố, cách làm hiệu quả nhất vẫn là đến từng nhà, nghe trước rồi mới nói.",
    "So với năm trước, số lượt hồ sơ nộp trực tuyến tăng gần gấp đôi, tuy nhiên một phần là do cán "
    "bộ nộp hộ, con số ấy cần được nhìn nhận thẳng thắn.",
    "Tôi cam kết trong quý tới hoàn thành việc số hóa hồ sơ lưu trữ của bộ phận mình phụ trách.",
    "Điều tôi tâm đắc là tinh thần cho thí điểm cái mới trong phạm vi kiểm soát được, đồng thời "
    "bảo vệ người dám nghĩ, dám làm vì lợi ích chung.",
    "Từ thực tiễn phòng chống bão vừa qua, tôi rút ra rằng thông tin phải ngắn, đúng giờ và chỉ "
    "một đầu mối, nếu không thì dân không biết nghe ai.",
    "Là đảng viên trẻ, tôi nhận phần việc hướng dẫn các bác lớn tuổi cài đặt và sử dụng dịch vụ "
    "công, mỗi tuần một buổi tại nhà văn hóa.",
    "Việc nêu gương bắt đầu từ những điều nhỏ: đi họp đúng giờ, nói ngắn, việc hôm nay không để "
    "ngày mai, sai thì nhận và sửa.",
)


def name(dice: random.Random) -> str:
    """A full name; some people share one, as they do."""
    return f"{dice.choice(FAMILY)} {dice.choice(MIDDLE)} {dice.choice(GIVEN)}"


def essay(dice: random.Random) -> tuple[str, str, str]:
    """The three parts of an essay."""
    return _text(dice, 4), _text(dice, 5), _text(dice, 3)


def _text(dice: random.Random, paragraphs: int) -> str:
    return "\n\n".join(" ".join(dice.sample(SENTENCES, 3)) for _ in range(paragraphs))
